/** Whether a fragment means to be one of our links at all; others are places in the page. */
export const isLink = (fragment: string): boolean => /^#?mesh(:|%3A)/i.test(fragment);

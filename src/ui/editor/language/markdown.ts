/** Text that comes from the user's mesh, for Monaco's Markdown: nothing in it is markup. */
const MARKDOWN = /[\\`*_{}[\]()#+\-.!|<>~]/g;

export const plain = (text: string): string => text.replace(MARKDOWN, '\\$&');

export const inCode = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

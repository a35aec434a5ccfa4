/** The YAML editor around Monaco. */
export const editor = {
  files: 'Files',
  newFile: 'New file',
  rename: 'Rename',
  remove: 'Remove',
  fileName: 'File name',
  fileMenu: 'File {{name}}',
  label: 'YAML of {{name}}',
  problems: 'Problems',
  noProblems: 'No problems',
  errors_one: '{{count}} error',
  errors_other: '{{count}} errors',
  warnings_one: '{{count}} warning',
  warnings_other: '{{count}} warnings',
  line: 'line {{line}}',
  decides: 'decides the call',
  tookPart: 'took part in the call',
} as const;

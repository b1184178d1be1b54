// What a token may be limited to. No schema in it: the console asks it in the browser.

export const PERMISSIONS = [
  'PROJECT_CAN_VIEW',
  'PROJECT_CAN_MANAGE_DEVICES',
  'PROJECT_CAN_READ_ROWS',
  'ORG_CAN_ADMIN',
] as const;

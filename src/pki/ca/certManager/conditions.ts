/** Conditions as Kubernetes shows them; reasons and messages are cert-manager's own. */
export interface Condition {
  readonly type: 'Ready' | 'Issuing' | 'Approved' | 'Denied';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

export const ready = (reason: string, message: string): Condition => ({
  type: 'Ready',
  status: 'True',
  reason,
  message,
});
export const notReady = (reason: string, message: string): Condition => ({
  type: 'Ready',
  status: 'False',
  reason,
  message,
});

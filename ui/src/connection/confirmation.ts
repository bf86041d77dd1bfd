/** What a person is asked before something that can't be undone. */
export interface Confirmation {
  /** The id of the connection whose tokens it is about. */
  readonly of: number;
  readonly title: string;
  /** What it means for the tokens. */
  readonly text: string;
  readonly submit: string;
  readonly act: () => void;
}

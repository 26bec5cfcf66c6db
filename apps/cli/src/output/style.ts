import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];
type Paint = (text: string) => string;

/** The few ways in which text is set off. Without colours each returns its text unchanged. */
export interface Style {
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

const paint =
  (colours: boolean, format: Format): Paint =>
  (text) =>
    colours ? styleText(format, text, { validateStream: false }) : text;

export const makeStyle = (colours: boolean): Style => ({
  good: paint(colours, "green"),
  warn: paint(colours, "yellow"),
  bad: paint(colours, "red"),
  dim: paint(colours, "dim"),
  strong: paint(colours, "bold"),
});

/** No colours at all: for pipes, logs and tests. */
export const plainStyle: Style = makeStyle(false);

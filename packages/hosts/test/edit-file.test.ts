import { SshFileError } from "@ferry/libvirt";
import { expect, test } from "vitest";
import { editFile, type TextFiles } from "../src/peer-access/edit-file.ts";

const NO_SUCH_FILE = 2;
const PATH = "/root/.ssh/authorized_keys";

/** One file in memory; `afterWrite` may change it as somebody else would. */
function oneFile(text: string | null, afterWrite: (file: { text: string | null }, writes: number) => void = () => undefined) {
  const file = { text, mode: 0o644, writes: 0 };
  const missing = () => new SshFileError("read", PATH, Object.assign(new Error("No such file"), { code: NO_SUCH_FILE }));
  const files: TextFiles = {
    readFile: async () => {
      if (file.text === null) throw missing();
      return Buffer.from(file.text);
    },
    writeFile: async (_, content, { mode }) => {
      Object.assign(file, { text: String(content), mode, writes: file.writes + 1 });
      afterWrite(file, file.writes);
    },
    unlink: async () => {
      file.text = null;
    },
    stat: async () => {
      if (file.text === null) throw missing();
      return { size: 0, mode: file.mode, uid: 0, gid: 0, isDirectory: false, isFile: true };
    },
  };
  return { file, files };
}

const addLine = (text: string | null): string => (text?.includes("ours\n") ? text : `${text ?? ""}ours\n`);

test("an edit keeps the mode and is written once", async () => {
  const { file, files } = oneFile("theirs\n");
  await editFile(files, PATH, addLine);
  expect(file).toEqual({ text: "theirs\nours\n", mode: 0o644, writes: 1 });
});

test("a new file is for its owner only", async () => {
  const { file, files } = oneFile(null);
  await editFile(files, PATH, addLine);
  expect(file).toEqual({ text: "ours\n", mode: 0o600, writes: 1 });
});

test("nothing is written when nothing changes, and a file may be removed", async () => {
  const { file, files } = oneFile("ours\n");
  await editFile(files, PATH, addLine);
  expect(file.writes).toBe(0);
  await editFile(files, PATH, () => null);
  expect(file.text).toBeNull();
  await editFile(files, PATH, (text) => text);
});

test("an edit that somebody else's write has undone is made again, theirs kept", async () => {
  const { file, files } = oneFile("theirs\n", (now, writes) => {
    if (writes === 1) now.text = "theirs\nnew\n";
  });
  await editFile(files, PATH, addLine);
  expect(file.text).toBe("theirs\nnew\nours\n");
});

test("an edit that never holds fails", async () => {
  const { files } = oneFile("theirs\n", (now) => {
    now.text = "theirs\n";
  });
  await expect(editFile(files, PATH, addLine)).rejects.toThrow("others change it");
});

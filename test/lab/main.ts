import { labDown, labUp } from "./lab.ts";

if (process.argv[2] === "down") await labDown();
else await labUp({ hosts: 2, progress: console.error });

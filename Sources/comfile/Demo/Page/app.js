import { start as startFeed } from "./feed.js";
import { start as startPanel } from "./panel.js";

await startPanel();
startFeed();

/** The page around the example; the element says where Deskbell is. */

import { createApp } from "vue";
import { Chat } from "./Chat.ts";
import { connect } from "./connect.ts";

const place = document.getElementById("chat")!;
createApp(Chat, { connect: () => connect(place.dataset["base"]!) }).mount(place);

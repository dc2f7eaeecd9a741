/** A whole chat in one component: what was said, what waits, and a field to write in. */

import { type Client, useChat, useClient } from "@deskbell/vue";
import { defineComponent, h, type PropType, watch } from "vue";

export const Chat = defineComponent({
  props: { connect: { type: Function as PropType<() => Client>, required: true } },
  setup({ connect }) {
    const client = useClient(connect);
    const chat = useChat(() => client.value?.chat);

    // All of it is on the page, so whoever looks at the page reads it.
    watch(
      () => chat.value.unread,
      (unread) => {
        if (unread && document.visibilityState === "visible") client.value?.chat.markRead();
      },
    );

    const send = (event: Event) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      const field = form.elements.namedItem("text") as HTMLInputElement;
      if (client.value?.chat.send(field.value)) field.value = "";
    };

    return () => {
      const { connection, messages, pending } = chat.value;
      return h("section", { "aria-label": "Support" }, [
        h("p", { role: "status" }, connection),
        h("ol", { role: "log" }, [
          ...messages.map(({ id, sender_type, content }) =>
            h("li", { key: id, class: sender_type, dir: "auto" }, content),
          ),
          ...pending.map(({ id, content, state }) => h("li", { key: id, class: state, dir: "auto" }, content)),
        ]),
        h("form", { onSubmit: send }, [
          h("input", { name: "text", "aria-label": "Message", autocomplete: "off", dir: "auto" }),
          h("button", "Send"),
        ]),
      ]);
    };
  },
});

/// The page of the demo's business system. What people wrote is only ever set as text.
enum DemoPage {
    static let html = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The business system</title>
        <style>
          :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
          body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
          h1 { font-size: 1.3rem; margin: 0; }
          p { margin: .25rem 0 1.5rem; opacity: .75; }
          ol { list-style: none; margin: 0; padding: 0; }
          li { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: .6rem;
               padding: .6rem .9rem; margin-bottom: .6rem; }
          .tenant { font-weight: 600; text-transform: capitalize; }
          .type { font: .85em ui-monospace, monospace; opacity: .7; margin-left: .6rem; }
          .text { white-space: pre-wrap; overflow-wrap: anywhere; margin-top: .15rem; }
          details { margin-top: .3rem; font-size: .85em; opacity: .8; }
          pre { overflow-x: auto; margin: .4rem 0 0; }
          #empty { border-style: dashed; opacity: .7; }
        </style>
        <h1>The business system</h1>
        <p>What the hub delivers to Acme and Globex, newest first. Every event was signed, and checked here.</p>
        <ol id="list"><li id="empty">Nothing yet. Write something on the phone.</li></ol>
        <script type="module">
          const list = document.getElementById("list");
          let last = 0;
          const element = (name, className, text) => {
            const made = document.createElement(name);
            if (className) made.className = className;
            made.textContent = text;
            return made;
          };
          const show = ({ tenant, event }) => {
            document.getElementById("empty")?.remove();
            const item = document.createElement("li");
            item.append(element("span", "tenant", tenant), element("span", "type", event.type));
            const { message, contact, status, code } = event.data;
            const text = message
              ? `${contact?.name ?? "Someone"}: ${message.text?.body ?? "(" + message.type + ")"}`
              : status ?? code ?? "";
            item.append(element("div", "text", text));
            const details = document.createElement("details");
            details.append(element("summary", "", "The event"), element("pre", "", JSON.stringify(event, null, 2)));
            item.append(details);
            list.prepend(item);
          };
          const poll = async () => {
            try {
              const answer = await fetch(`/arrivals?after=${last}`);
              for (const arrival of await answer.json()) {
                show(arrival);
                last = arrival.number;
              }
            } catch {}
            setTimeout(poll, 700);
          };
          poll();
        </script>
        </html>
        """
}

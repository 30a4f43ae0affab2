/// The page of the demo's business system. What people wrote is only ever set as text.
enum DemoPage {
    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The business system</title>
        <style>
          :root {
            color-scheme: light dark; font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
            --ink: light-dark(#17211d, #e9efe9); --soft: light-dark(#65726c, #9aa8a1); --line: light-dark(#dfe3da, #2a3733);
            --paper: light-dark(#f3efe6, #111b18); --card: light-dark(#fffefb, #1e2b27);
            --acme: light-dark(#0e4d43, #2fae7c); --globex: light-dark(#8a4b0f, #f0a36b);
          }
          body { margin: 0; color: var(--ink); background: var(--paper); }
          main { max-width: 46rem; margin: 0 auto; padding: 1.75rem 1rem 4rem; }
          h1 { font-size: 1.3rem; margin: 0; }
          main > p { margin: .25rem 0 1.5rem; color: var(--soft); text-wrap: pretty; }
          ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: minmax(0, 1fr); }
          li { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .6rem .9rem; }
          .head { display: flex; align-items: baseline; gap: .6rem; font-size: .85rem; color: var(--soft); }
          .tenant { font-weight: 650; text-transform: capitalize; color: var(--acme); }
          .globex { color: var(--globex); }
          .type { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
          time { margin-left: auto; }
          summary { cursor: pointer; margin-top: .1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
          summary::marker { color: var(--soft); font-size: .8em; }
          .small summary { color: var(--soft); }
          pre { overflow-x: auto; margin: .5rem 0 .2rem; font-size: .8rem; color: var(--soft); }
          #empty { background: none; border-style: dashed; color: var(--soft); }
        </style>
        </head>
        <body>
        <main>
          <h1>The business system</h1>
          <p>What the hub delivers to Acme and Globex, newest first. Every event was signed, and checked here.</p>
          <ol id="list" aria-live="polite"><li id="empty">Nothing yet. Write something on the phone.</li></ol>
        </main>
        <script type="module">
          const list = document.getElementById("list");
          let last = 0;
          const element = (name, className, text) => {
            const made = document.createElement(name);
            made.className = className;
            made.textContent = text;
            return made;
          };
          const show = ({ tenant, event, summary }) => {
            const item = element("li", event.data.message ? "" : "small", "");
            const head = element("div", "head", "");
            head.append(
              element("span", `tenant ${tenant}`, tenant), element("span", "type", event.type),
              element("time", "", new Date(event.occurred_at).toLocaleTimeString()));
            const details = document.createElement("details");
            details.append(element("summary", "", summary), element("pre", "", JSON.stringify(event, null, 2)));
            item.append(head, details);
            list.prepend(item);
            while (list.childElementCount > 200) list.lastElementChild.remove();
          };
          const poll = async () => {
            try {
              const answer = await fetch(`/arrivals?after=${last}`);
              for (const arrival of await answer.json()) {
                // The first ever, or the first after the demo was started anew.
                if (last === 0 || arrival.number <= last) list.replaceChildren();
                show(arrival);
                last = arrival.number;
              }
            } catch {}
            setTimeout(poll, 700);
          };
          poll();
        </script>
        </body>
        </html>
        """
}

extension PhonePage {
    static let script = #"""

        const $ = (id) => document.getElementById(id);
        const thread = $("thread"), business = $("business"), presence = $("presence");
        const saved = JSON.parse(localStorage.getItem("sandbox-phone") ?? "{}");
        const query = new URLSearchParams(location.search);
        const me = {
          name: query.get("name") ?? saved.name ?? "Ada Lovelace",
          number: query.get("from") ?? saved.number ?? "+16505551234",
          business: query.get("phone_number_id") ?? saved.business ?? "",
        };
        let numbers = [], messages = new Map(), stream, typing, typingEnds;

        const post = (path, body) => fetch(path, {
          method: "POST", headers: { "content-type": "application/json" },
          body: JSON.stringify({ phone_number_id: me.business, from: me.number, name: me.name, ...body }),
        });

        function element(tag, className, text) {
          const node = document.createElement(tag);
          if (className) node.className = className;
          if (text !== undefined) node.append(document.createTextNode(text));
          return node;
        }

        // Clock, one tick, two ticks: pending, sent, delivered or read.
        const shapes = {
          pending: "M9 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M9 3.6V6l1.6 1.2",
          sent: "M5 6.5 8 9.5 13.5 3", delivered: "M1 6.5 4 9.5 9.5 3M8 9.2l.5.4L14.5 3",
          failed: "M9 2v5M9 10v.1",
        };
        shapes.read = shapes.delivered;

        function tick(progress) {
          const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
          svg.setAttribute("viewBox", "0 0 18 12");
          svg.setAttribute("class", "tick");
          svg.setAttribute("role", "img");
          svg.setAttribute("aria-label", progress);
          const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
          path.setAttribute("d", shapes[progress] ?? shapes.sent);
          svg.append(path);
          return svg;
        }

        function bubble(message, before) {
          const mine = message.from_customer;
          const node = element("li", `bubble ${message.progress}${mine ? " mine" : ""}`);
          if (!before || before.from_customer !== mine) node.classList.add("turn");
          node.append(element("p", "", message.text));
          if (message.buttons) {
            const choices = element("div", "choices");
            for (const button of message.buttons) {
              const choice = element("button", "", button.title);
              choice.type = "button";
              choice.addEventListener("click", () =>
                post("/phone/messages", { reply: { ...button, message_id: message.id } }));
              choices.append(choice);
            }
            node.append(choices);
          }
          const time = new Date(message.time * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
          const meta = element("div", "meta");
          meta.append(element("time", "", time));
          // A customer sees ticks on what they wrote; here a failed answer is worth a mark as well.
          if (mine) meta.append(tick(message.progress));
          node.append(meta);
          if (message.note) node.append(element("p", "note", message.note));
          if (message.reaction) {
            node.classList.add("reacted");
            node.append(element("span", "reaction", message.reaction));
          }
          return node;
        }

        function draw(freshID) {
          const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 120;
          thread.replaceChildren();
          let before, day;
          for (const message of messages.values()) {
            const today = new Date(message.time * 1000).toDateString();
            if (today !== day) {
              const label = today === new Date().toDateString() ? "Today" : today;
              thread.append(element("li", "day", label));
              day = today;
            }
            const node = bubble(message, before);
            if (message.id === freshID) node.classList.add("fresh");
            thread.append(node);
            before = message;
          }
          if (typing) {
            const dots = element("li", "bubble turn typing");
            dots.setAttribute("aria-label", "typing");
            dots.append(element("i"), element("i"), element("i"));
            thread.append(dots);
          }
          presence.textContent = typing ? "typing…" : numbers.find((n) => n.phone_number_id === me.business)?.display_phone_number ?? "";
          if (atEnd || freshID) thread.scrollTop = thread.scrollHeight;
        }

        function setTyping(on) {
          clearTimeout(typingEnds);
          typing = on;
          if (on) typingEnds = setTimeout(() => { setTyping(false); draw(); }, 25000);
        }

        // Read as on a real phone: only what a person can be looking at.
        function look() {
          if (document.visibilityState !== "visible" || !document.hasFocus()) return;
          const unread = [...messages.values()].some((m) => !m.from_customer && ["sent", "delivered"].includes(m.progress));
          if (unread) post("/phone/read", {});
        }

        function receive(event) {
          let fresh;
          if (event.type === "thread") {
            messages = new Map(event.messages.map((m) => [m.id, m]));
            setTyping(false);
          } else if (event.type === "typing") {
            setTyping(true);
          } else if (event.type === "message") {
            if (!messages.has(event.message.id)) fresh = event.message.id;
            messages.set(event.message.id, event.message);
            if (fresh && !event.message.from_customer) setTyping(false);
          }
          draw(fresh);
          look();
        }

        function connect() {
          stream?.close();
          messages = new Map();
          setTyping(false);
          draw();
          const number = numbers.find((n) => n.phone_number_id === me.business);
          $("avatar").textContent = (number?.name ?? "?").split(/\s+/).map((w) => w[0]).slice(0, 2).join("");
          const params = new URLSearchParams({ phone_number_id: me.business, from: me.number });
          stream = new EventSource(`/phone/events?${params}`);
          stream.addEventListener("message", (event) => receive(JSON.parse(event.data)));
          stream.addEventListener("error", () => { presence.textContent = "connecting…"; });
          localStorage.setItem("sandbox-phone", JSON.stringify(me));
        }

        async function send() {
          const text = $("text").value.trim();
          if (!text) return;
          const answer = await post("/phone/messages", { text }).catch(() => null);
          if (answer?.ok) {
            $("text").value = "";
          } else {
            presence.textContent = (await answer?.json().catch(() => null))?.error?.message ?? "the sandbox does not answer";
          }
        }

        $("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
        $("text").addEventListener("keydown", (event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
        });
        function showMe(on) {
          $("me").hidden = !on;
          $("settings").setAttribute("aria-expanded", String(on));
          if (on) $("name").focus();
        }
        $("settings").addEventListener("click", () => showMe($("me").hidden));
        $("me").addEventListener("submit", (event) => {
          event.preventDefault();
          me.name = $("name").value.trim() || me.name;
          me.number = $("number").value.trim() || me.number;
          showMe(false);
          connect();
        });
        business.addEventListener("change", () => { me.business = business.value; connect(); });
        document.addEventListener("visibilitychange", look);
        addEventListener("focus", look);

        $("name").value = me.name;
        $("number").value = me.number;
        numbers = (await (await fetch("/phone/numbers")).json()).numbers;
        for (const number of numbers) business.append(new Option(number.name, number.phone_number_id));
        if (!numbers.some((n) => n.phone_number_id === me.business)) me.business = numbers[0]?.phone_number_id ?? "";
        business.value = me.business;
        connect();
        """#
}

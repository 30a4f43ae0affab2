extension PhonePage {
    static let style = #"""
        :root {
          --ink: #17211d; --soft: #65726c; --line: #dfe3da; --paper: #f3efe6; --theirs: #fffefb; --mine: #d5efd2;
          --deep: #0e4d43; --deeper: #0a3b34; --leaf: #1e8a5f; --sky: #1d8fd6; --warn: #a2480c; --desk: #d9ddd0;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e9efe9; --soft: #9aa8a1; --line: #2a3733; --paper: #111b18; --theirs: #1e2b27; --mine: #12493c;
            --deep: #16302a; --deeper: #10241f; --leaf: #2fae7c; --sky: #58b9f5; --warn: #f0a36b; --desk: #0a110f;
          }
        }
        * { box-sizing: border-box; margin: 0 }
        [hidden] { display: none !important }
        html { height: 100% }
        body {
          min-height: 100%; display: grid; place-items: center; color: var(--ink);
          font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
          background: radial-gradient(120% 80% at 20% 0%, color-mix(in srgb, var(--leaf) 22%, var(--desk)), var(--desk) 65%);
        }
        .phone {
          width: 100%; height: 100dvh; display: flex; flex-direction: column; overflow: hidden; background: var(--paper);
        }
        @media (min-width: 520px) and (min-height: 560px) {
          .phone {
            width: 410px; height: min(820px, calc(100dvh - 48px)); border-radius: 40px; border: 9px solid #10201b;
            box-shadow: 0 2px 3px #0004, 0 30px 60px -18px #0a3b3480;
          }
        }
        header {
          display: flex; align-items: center; gap: 12px; padding: 14px 14px 12px; color: #fff;
          background: linear-gradient(160deg, var(--deep), var(--deeper));
        }
        .avatar {
          flex: none; width: 42px; height: 42px; border-radius: 50%; display: grid; place-items: center;
          font-weight: 650; letter-spacing: .02em; color: #0a3b34; background: linear-gradient(145deg, #ffe2a8, #f4b860);
        }
        .who { flex: 1; min-width: 0 }
        select {
          width: 100%; font: inherit; font-weight: 650; color: inherit; background: transparent; border: 0; padding: 0;
          margin-left: -4px; text-overflow: ellipsis; cursor: pointer; border-radius: 6px;
        }
        select option { color: #17211d; background: #fff }
        #presence { font-size: 13px; opacity: .8; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
        #settings {
          flex: none; font: inherit; font-size: 14px; font-weight: 600; color: inherit; background: #ffffff24; border: 0;
          border-radius: 99px; padding: 8px 14px; cursor: pointer;
        }
        .me {
          display: grid; grid-template-columns: 1fr 1fr; gap: 10px; padding: 12px 14px; background: var(--theirs);
          border-bottom: 1px solid var(--line);
        }
        .me label { font-size: 13px; color: var(--soft); min-width: 0 }
        .me input {
          width: 100%; font: inherit; font-size: 16px; color: var(--ink); background: var(--paper); padding: 8px 10px;
          border: 1px solid var(--line); border-radius: 10px; margin-top: 2px;
        }
        .me button {
          grid-column: 1 / -1; font: inherit; font-weight: 600; border: 0; border-radius: 10px; padding: 9px;
          color: #fff; background: var(--leaf); cursor: pointer;
        }
        #thread {
          flex: 1; overflow-y: auto; overscroll-behavior: contain; list-style: none; padding: 16px 12px 8px;
          display: flex; flex-direction: column; gap: 3px;
          background-image: radial-gradient(color-mix(in srgb, var(--leaf) 13%, transparent) 1.2px, transparent 1.3px);
          background-size: 22px 22px;
        }
        #thread:empty::before {
          content: "Say hello. Your message reaches the business as a real webhook would, and its answers appear here.";
          margin: auto; max-width: 26ch; text-align: center; color: var(--soft); background: var(--theirs);
          padding: 12px 16px; border-radius: 14px;
        }
        .day { align-self: center; font-size: 12.5px; color: var(--soft); background: var(--theirs); padding: 3px 12px;
          border-radius: 99px; margin: 6px 0 }
        .bubble {
          position: relative; max-width: 82%; padding: 7px 11px 6px; border-radius: 16px; background: var(--theirs);
          align-self: flex-start; border-bottom-left-radius: 5px; box-shadow: 0 1px 1px #0000001a; overflow-wrap: anywhere;
        }
        .bubble.mine { align-self: flex-end; background: var(--mine); border-radius: 16px; border-bottom-right-radius: 5px }
        .bubble.turn { margin-top: 8px }
        .bubble.fresh { animation: rise .22s ease-out }
        .bubble p { white-space: pre-wrap }
        .meta { display: flex; justify-content: flex-end; align-items: center; gap: 4px; font-size: 11.5px; color: var(--soft);
          margin-top: 1px; min-height: 16px; font-variant-numeric: tabular-nums }
        .tick { width: 18px; height: 12px; stroke: currentColor; stroke-width: 1.7; fill: none; stroke-linecap: round;
          stroke-linejoin: round }
        .read .tick { color: var(--sky) }
        .note { font-size: 12.5px; color: var(--warn); max-width: 30ch; margin-left: auto; text-align: right }
        .reaction { position: absolute; right: 10px; bottom: -13px; background: var(--theirs); border: 1px solid var(--line);
          border-radius: 99px; padding: 0 6px; font-size: 14px }
        .bubble.reacted { margin-bottom: 15px }
        .choices { display: grid; gap: 5px; margin-top: 7px; padding-bottom: 3px }
        .choices button {
          font: inherit; font-weight: 600; font-size: 15px; color: var(--leaf); background: transparent; cursor: pointer;
          border: 1px solid color-mix(in srgb, var(--leaf) 35%, transparent); border-radius: 11px; padding: 7px 12px;
        }
        .choices button:hover { background: color-mix(in srgb, var(--leaf) 12%, transparent) }
        .typing { display: flex; gap: 4px; padding: 13px 14px }
        .typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--soft); animation: bob 1.1s infinite }
        .typing i:nth-child(2) { animation-delay: .15s }
        .typing i:nth-child(3) { animation-delay: .3s }
        .composer { display: flex; align-items: flex-end; gap: 8px; padding: 8px 10px max(10px, env(safe-area-inset-bottom)) }
        textarea {
          flex: 1; min-width: 0; font: inherit; font-size: 16px; color: var(--ink); background: var(--theirs); resize: none;
          border: 1px solid var(--line); border-radius: 22px; padding: 10px 16px; max-height: 130px;
          field-sizing: content;
        }
        .composer button {
          flex: none; width: 44px; height: 44px; border-radius: 50%; border: 0; color: #fff; background: var(--leaf);
          display: grid; place-items: center; cursor: pointer; transition: transform .12s;
        }
        .composer button:active { transform: scale(.92) }
        :focus-visible { outline: 2px solid var(--sky); outline-offset: 2px }
        @keyframes rise { from { opacity: 0; transform: translateY(8px) scale(.98) } }
        @keyframes bob { 0%, 60%, 100% { transform: none; opacity: .5 } 30% { transform: translateY(-4px); opacity: 1 } }
        @media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
        """#
}

/// The docs' style and its one script.
enum DocsAssets {
    /// Colours and type of the product, light and dark.
    static let style = """
        :root{color-scheme:light dark;--bg:#fff;--surface:#faf8fa;--sunken:#f3eff2;--border:#e3dbe1;--line:#efe9ee;
        --strong:#8f8290;--text:#1d141c;--muted:#655863;--accent:#901d6b;--soft:#f8e9f3;--success:#17713f;
        --success-soft:#e4f4ea;--warning:#8a5200;--warning-soft:#fbf0dc;--danger:#b3202a;--danger-soft:#fbe9ea;
        --info:#1d5fb4;--info-soft:#e6effb}
        @media (prefers-color-scheme:dark){:root{--bg:#141014;--surface:#1b161b;--sunken:#0f0b0f;--border:#392f38;
        --line:#2a222a;--strong:#7d6f7b;--text:#f2ecf1;--muted:#b3a5b1;--accent:#e88bcb;--soft:#3b1531;
        --success:#5fd093;--success-soft:#12301f;--warning:#efb455;--warning-soft:#35260c;--danger:#ff8a8f;
        --danger-soft:#3d1619;--info:#86b7f5;--info-soft:#14263d}}
        *{box-sizing:border-box}
        html{scroll-padding-top:68px}
        body{margin:0;background:var(--bg);color:var(--text);font:13px/20px Inter,system-ui,sans-serif;
        font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
        a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
        code,pre{font:12px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        .quiet{color:var(--muted)}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .skip{position:absolute;left:-999px}.skip:focus{left:16px;top:14px;background:var(--bg);padding:4px 8px;z-index:3}
        header{position:sticky;top:0;z-index:2;display:flex;align-items:center;gap:16px;height:52px;padding:0 20px;
        background:var(--bg);border-bottom:1px solid var(--border)}
        .brand{font-size:15px;font-weight:600;color:var(--text);white-space:nowrap}
        .filter{flex:1;max-width:420px;margin-left:auto}
        .filter input{width:100%;height:32px;padding:0 12px;border:1px solid var(--strong);border-radius:6px;
        background:var(--bg);color:var(--text);font:inherit}
        .languages{display:flex;gap:4px;align-items:center;white-space:nowrap}
        .languages a{padding:4px 8px;border-radius:6px;color:var(--muted)}
        .languages a[aria-current]{background:var(--soft);color:var(--accent);font-weight:500}
        .columns{display:grid;grid-template-columns:232px minmax(0,1fr);align-items:start}
        .contents{position:sticky;top:52px;height:calc(100vh - 52px);overflow:auto;padding:16px 12px;
        background:var(--surface);border-right:1px solid var(--border)}
        .contents a{display:block;padding:4px 8px;border-radius:6px;color:var(--text)}
        .contents a:hover{background:var(--sunken);text-decoration:none}
        .contents h2{margin:16px 8px 4px;font-size:12px;line-height:16px;font-weight:600;color:var(--muted)}
        main{padding:32px 32px 64px;max-width:1120px;width:100%}
        h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600}
        main h2{margin:48px 0 0;font-size:20px;line-height:28px;font-weight:600}
        main h3{margin:32px 0 8px;font-size:15px;line-height:20px;font-weight:600}
        main h3 code{margin-left:4px;color:var(--muted);font-weight:400}
        h4{margin:16px 0 4px;font-size:12px;line-height:16px;font-weight:600;color:var(--muted)}
        h4:first-child{margin-top:0}
        p{margin:0 0 8px;max-width:72ch}.lead{font-size:15px;line-height:24px;color:var(--muted)}
        .topics{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:0 32px}
        .topics section{display:flex;flex-direction:column;min-width:0}
        .topics h3{margin-top:24px}.topics p{flex:1}
        pre{margin:0;padding:8px 12px;overflow-x:auto;background:var(--sunken);border-radius:8px;
        white-space:pre-wrap;overflow-wrap:anywhere}
        details{border-top:1px solid var(--line)}
        .group>details:last-child{border-bottom:1px solid var(--line)}
        summary{display:flex;align-items:center;gap:12px;min-height:38px;padding:4px 8px;cursor:pointer;list-style:none}
        summary::-webkit-details-marker{display:none}
        summary:hover{background:var(--surface)}
        details[open]>summary{background:var(--surface)}
        .fields>summary{color:var(--accent)}.fields>summary::before{content:"+";width:60px;text-align:center}
        .fields[open]>summary::before{content:"−"}
        .method{flex:none;width:60px;padding:0 4px;border-radius:4px;font-size:12px;font-weight:600;text-align:center;
        background:var(--sunken);color:var(--muted)}
        .get{background:var(--info-soft);color:var(--info)}.post{background:var(--success-soft);color:var(--success)}
        .patch,.put{background:var(--warning-soft);color:var(--warning)}
        .delete{background:var(--danger-soft);color:var(--danger)}
        summary code{min-width:240px;overflow-wrap:anywhere}.what{color:var(--muted)}
        .who{margin-left:auto;color:var(--muted);font-size:12px;line-height:16px;text-align:right}
        .inside{padding:12px 8px 20px 80px}
        .scroll{overflow-x:auto}
        table{width:100%;border-collapse:collapse;text-align:left}
        th{padding:4px 12px 4px 0;font-size:12px;line-height:16px;font-weight:500;color:var(--muted)}
        td{padding:6px 12px 6px 0;border-top:1px solid var(--line);vertical-align:top}
        tbody:first-child tr:first-child td{border-top:0}
        .rules{width:30%}td .quiet{display:block;font-size:12px;line-height:16px}
        .fields>.scroll{padding:4px 8px 16px 80px}
        .rule{display:inline-block;margin:0 4px 2px 0;padding:0 6px;border-radius:4px;background:var(--sunken);
        color:var(--muted);font-size:12px;line-height:20px;white-space:nowrap}
        .answers{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:4px 24px;margin:0;padding:0;
        list-style:none}
        .status{display:inline-block;width:36px;margin-right:8px;border-radius:4px;text-align:center;font-size:12px;
        font-weight:500}
        .good{background:var(--success-soft);color:var(--success)}.bad{background:var(--sunken);color:var(--muted)}
        .problems{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:0 32px}
        .problem{padding:12px 8px;border-top:1px solid var(--line)}.problem h3{margin:0 0 4px}
        .problem h3 code{margin:0;color:var(--text);font-weight:600}.problem p{margin:0}
        .problem:target{background:var(--soft);border-radius:6px}
        [hidden]{display:none!important}
        @media (max-width:760px){.columns{grid-template-columns:minmax(0,1fr)}.contents{display:none}
        header{gap:8px;padding:0 12px}.brand,.machine{display:none}.filter{margin:0;max-width:none}
        .filter input{font-size:16px}main{padding:20px 16px 48px}summary{flex-wrap:wrap;gap:4px 8px}
        .what{width:100%}summary code{min-width:0}.who{margin-left:0;text-align:left}.inside,.fields>.scroll{padding-left:8px}}
        @media print{header,.contents{display:none}}
        """

    /// Hides what the filter's words don't name, and opens the route that the address names.
    static let script = """
        const filter = document.getElementById("filter");
        const routes = [...document.querySelectorAll(".route, .problem")].map(
          (element) => ({ element, text: (element.querySelector("summary") ?? element).textContent.toLowerCase() }));
        const groups = [...document.querySelectorAll(".group, .plugin, #problems")];
        const apply = () => {
          const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
          for (const { element, text } of routes) element.hidden = !words.every((word) => text.includes(word));
          for (const group of groups) {
            group.hidden = words.length > 0 && !group.querySelector(".route:not([hidden]), .problem:not([hidden])");
          }
          document.getElementById("start").hidden = words.length > 0;
        };
        const open = () => {
          const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
          if (target instanceof HTMLDetailsElement) target.open = true;
        };
        filter.addEventListener("input", apply);
        addEventListener("hashchange", open);
        addEventListener("keydown", (event) => {
          if (event.key !== "/" || event.target === filter) return;
          event.preventDefault();
          filter.focus();
        });
        apply();
        open();
        """
}

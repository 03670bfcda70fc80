"""How the chat looks: its own colours, light and dark, over the web library's plain theme."""

CSS = """
.gradio-container {
  --ad-ink: #1c2430; --ad-soft: #55606f; --ad-line: #d9dee6; --ad-card: #ffffff; --ad-quiet: #f3f5f8;
  --ad-mark: #ffe58a; --ad-accent: #1f5fae; --ad-bad: #a3261b;
}
body.dark .gradio-container {
  --ad-ink: #e8ecf2; --ad-soft: #a6b0bf; --ad-line: #3a4352; --ad-card: #1d232d; --ad-quiet: #171c24;
  --ad-mark: #7a5c00; --ad-accent: #8bbcf5; --ad-bad: #ff9c92;
}
.gradio-container > main, .gradio-container > .main {
  width: 100%; max-width: 56rem !important; margin: 0 auto !important; padding: 1rem !important;
}
body.dark { color-scheme: dark; }
footer, .scroll-down-button-container { display: none !important; }

.ad-head, .ad-answer, .ad-question { color: var(--ad-ink); line-height: 1.55; }
.ad-head h1 { font-size: 1.5rem; font-weight: 650; margin: 0; }
.ad-head > p { margin: .1rem 0 .6rem; color: var(--ad-soft); }
.ad-question { scroll-margin-top: 1.5rem; font-weight: 550; white-space: pre-wrap; overflow-wrap: anywhere; }
.ad-welcome { max-width: 36rem; margin: 2.5rem auto; padding: 0 1rem; color: var(--ad-soft); line-height: 1.6; }
.ad-read { color: var(--ad-soft); font-size: .875rem; margin: 0 0 .5rem; }

.ad-note { color: var(--ad-bad); font-size: .875rem; margin: .5rem 0 0; overflow-wrap: anywhere; }

.ad-card {
  margin: 0 0 .7rem; padding: .85rem 1rem; overflow-wrap: anywhere;
  color: var(--ad-ink); background: var(--ad-card);
  border: 1px solid var(--ad-line); border-left: 3px solid var(--ad-accent); border-radius: 8px;
}
.ad-card:last-child { margin-bottom: 0; }
.ad-card h3 { margin: 0 0 .25rem; font-size: 1rem; font-weight: 600; }
.ad-card p { margin: 0; }
.ad-card a { color: var(--ad-accent); text-decoration: underline; }
.ad-card blockquote {
  margin: 0 0 .6rem; padding: 0; border: 0;
  font-family: Georgia, "Times New Roman", serif; font-size: 1.04rem;
}
.ad-card mark {
  padding: 0 .15em; color: inherit; background: var(--ad-mark); border-radius: 3px; font-weight: 600;
}
.ad-card cite, .ad-library cite { display: block; font-style: normal; font-weight: 600; font-size: .9rem; }
.ad-about, .ad-card .ad-also { margin: 0; color: var(--ad-soft); font-size: .85rem; }
.ad-card details { margin-top: .55rem; font-size: .9rem; }
.ad-card summary, .ad-library summary {
  width: fit-content; cursor: pointer; color: var(--ad-accent); font-size: .85rem;
}
.ad-card summary:focus-visible, .ad-library summary:focus-visible {
  outline: 2px solid var(--ad-accent); outline-offset: 2px;
}
.ad-card ul, .ad-library ul { list-style: none; margin: .5rem 0 0; padding: 0; }
.ad-card li, .ad-library li { padding: .45rem 0; border-top: 1px solid var(--ad-line); }
.ad-library ul { max-height: 16rem; overflow-y: auto; }
.ad-card code { padding: .1em .3em; background: var(--ad-card); border-radius: 4px; }

.ad-findings { width: 100%; margin: 0 0 .8rem; border-collapse: collapse; color: var(--ad-ink); font-size: .9rem; }
.ad-findings th, .ad-findings td {
  padding: .35rem .6rem; border: 0; border-bottom: 1px solid var(--ad-line); text-align: left; vertical-align: top;
  overflow-wrap: break-word; word-break: normal;
}
.ad-findings td:nth-child(2), .ad-findings td:nth-child(4) { white-space: nowrap; }
.ad-findings th { color: var(--ad-soft); font-size: .8rem; font-weight: 500; }
.ad-findings td:first-child { font-weight: 600; }
.ad-disputed td:nth-child(2), .ad-changed td:nth-child(2) { color: var(--ad-bad); font-weight: 600; }
.ad-part { margin: .2rem 0 .4rem; color: var(--ad-ink); font-weight: 600; }
.ad-number { float: right; color: var(--ad-soft); font-size: .85rem; }
.ad-told { display: block; margin: 0 0 .3rem; font-size: .9rem; }

.ad-context {
  max-height: 22rem; margin-top: .5rem; padding: .7rem .85rem; overflow-y: auto; white-space: pre-line;
  background: var(--ad-quiet); border-radius: 6px;
}
.ad-quote { background: var(--ad-mark); }
.ad-furniture { color: var(--ad-soft); }

.ad-declined { background: var(--ad-quiet); border-left-color: var(--ad-soft); }
.ad-problem { border-left-color: var(--ad-bad); }
.ad-problem h3 { color: var(--ad-bad); }
"""

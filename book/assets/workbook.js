// Repairs of mdBook's pages for keyboards and screen readers. Everything is
// readable without it.
(() => {
    "use strict";

    // mdBook's own themes, less those whose contrast is too low.
    const OFFERED = ["light", "navy"];

    const first = (selector) => document.querySelector(selector);

    const main = first("main");
    if (main) {
        main.id ||= "main";
        main.tabIndex = -1;
        const skip = document.createElement("a");
        skip.className = "skip-link";
        skip.href = `#${main.id}`;
        skip.textContent = "Skip to content";
        document.body.prepend(skip);
        // mdBook scrolls its sidebar, and browsers then let Tab begin there.
        addEventListener("load", () => {
            if (document.activeElement === document.body && !location.hash) {
                document.body.tabIndex = -1;
                document.body.focus({ preventScroll: true });
                document.body.removeAttribute("tabindex");
            }
        });
    }

    // The toggle of the sidebar is a label for a hidden checkbox, which Tab
    // does not reach: put a button in its place. mdBook goes on telling the
    // label whether the sidebar is open.
    const label = first("#mdbook-sidebar-toggle");
    const box = first("#mdbook-sidebar-toggle-anchor");
    if (label && box) {
        const button = document.createElement("button");
        button.type = "button";
        for (const name of ["id", "class", "title", "aria-label", "aria-controls"]) {
            if (label.hasAttribute(name)) button.setAttribute(name, label.getAttribute(name));
        }
        button.append(...label.childNodes);
        label.replaceWith(button);
        button.addEventListener("click", () => box.click());
        const say = () => button.setAttribute("aria-expanded", label.getAttribute("aria-expanded"));
        new MutationObserver(say).observe(label, { attributeFilter: ["aria-expanded"] });
        say();
    }

    first("#mdbook-menu-bar")?.setAttribute("role", "banner");

    // Arrow keys belong to the reader: mdBook turns pages with them.
    document.addEventListener(
        "keydown",
        (event) => {
            const turns = event.key === "ArrowLeft" || event.key === "ArrowRight";
            if (turns && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
                event.stopImmediatePropagation();
            }
        },
        true,
    );

    for (const link of document.querySelectorAll("[aria-keyshortcuts=Left], [aria-keyshortcuts=Right]")) {
        link.removeAttribute("aria-keyshortcuts");
    }
    for (const line of document.querySelectorAll("#mdbook-help-popup p")) {
        if (line.textContent.includes("←")) line.remove();
    }

    // What scrolls sideways must be reached by keyboard.
    let count = 0;
    const scrolls = () => {
        for (const part of document.querySelectorAll("main pre, main pre > code, main .table-wrapper, main .sql-result, main .drawing")) {
            if (part.scrollWidth > part.clientWidth) {
                part.tabIndex = 0;
                if (!part.hasAttribute("role")) {
                    part.setAttribute("role", "region");
                    part.setAttribute("aria-label", `Part ${++count}, which scrolls sideways`);
                }
            }
        }
    };
    addEventListener("load", scrolls);
    addEventListener("resize", scrolls);
    // What was folded had no width.
    document.addEventListener("toggle", scrolls, true);

    for (const button of document.querySelectorAll("#mdbook-theme-list button")) {
        const name = button.id.replace(/^mdbook-theme-/, "");
        if (![...OFFERED, "default_theme"].includes(name)) {
            button.closest("li")?.remove();
        }
    }
    // Whoever chose one of the others in another book gets the default here.
    const classes = document.documentElement.classList;
    if (["rust", "coal", "ayu"].some((name) => classes.contains(name))) {
        first("#mdbook-theme-default_theme")?.click();
    }

    // On paper everything is unfolded.
    addEventListener("beforeprint", () => {
        for (const folded of document.querySelectorAll("main details:not([open])")) {
            folded.open = true;
            folded.dataset.opened = "";
        }
    });
    addEventListener("afterprint", () => {
        for (const opened of document.querySelectorAll("main details[data-opened]")) {
            opened.open = false;
            delete opened.dataset.opened;
        }
    });
})();

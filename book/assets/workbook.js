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

    // The toggle of the sidebar is a label: make it a button that Tab reaches.
    const toggle = first("#mdbook-sidebar-toggle, #sidebar-toggle");
    const box = first("#mdbook-sidebar-toggle-anchor, #sidebar-toggle-anchor");
    if (toggle && box) {
        toggle.tabIndex = 0;
        toggle.setAttribute("role", "button");
        const say = () => toggle.setAttribute("aria-expanded", String(box.checked));
        box.addEventListener("change", say);
        say();
        toggle.addEventListener("keydown", (event) => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                toggle.click();
            }
        });
    }

    first("#mdbook-menu-bar, #menu-bar")?.setAttribute("role", "banner");

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

    for (const button of document.querySelectorAll("#mdbook-theme-list button, #theme-list button")) {
        const name = button.id.replace(/^mdbook-theme-/, "");
        if (![...OFFERED, "default_theme"].includes(name)) {
            button.closest("li")?.remove();
        }
    }
    const root = document.documentElement;
    const unread = ["rust", "coal", "ayu"].find((name) => root.classList.contains(name));
    if (unread) {
        first("#mdbook-theme-light, #light")?.click();
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

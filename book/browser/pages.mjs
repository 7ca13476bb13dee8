// Looks at the built book in a browser, from its files, as a reader would:
//
//     cargo run -p book
//     cd book/browser && npm ci && node pages.mjs
//
// It needs Node and Chromium; CHROMIUM names the program when it is not on the
// PATH. PAGES=01_models/01 looks at pages with that text in their path only.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

let chromium;
try {
    ({ chromium } = await import("playwright-core"));
} catch {
    stop("the packages are missing: run `npm ci` in book/browser");
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const book = join(dirname(fileURLToPath(import.meta.url)), "..", "book");

// mdBook's label for the sidebar's checkbox: a button by role, a label by name.
const KNOWN = new Set(["aria-allowed-role"]);
const WIDTHS = [390, 1280];
const THEMES = ["light", "navy"];

function stop(message) {
    console.error(message);
    process.exit(2);
}

function browser() {
    const named = process.env.CHROMIUM;
    for (const name of named ? [named] : ["chromium", "chromium-browser", "google-chrome"]) {
        try {
            return execFileSync("which", [name], { encoding: "utf8" }).trim();
        } catch {
            // The next one.
        }
    }
    return stop("there is no Chromium: install it, or name it in CHROMIUM");
}

function pages(folder) {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return pages(path);
        return entry.name.endsWith(".html") ? [path] : [];
    });
}

if (!existsSync(join(book, "index.html"))) stop("the book is not built: run `cargo run -p book`");
const wanted = process.env.PAGES ?? "";
const all = pages(book).filter(
    (path) => !/(toc|404|print)\.html$/.test(path) && path.includes(wanted),
);
assert.ok(all.length > 0, `no page has ${wanted} in its path`);

const program = await chromium.launch({
    executablePath: browser(),
    args: ["--no-sandbox", "--allow-file-access-from-files"],
});
const failures = [];
let looks = 0;

// What may not happen on any page.
function watch(page, path) {
    page.on("request", (request) => {
        const { protocol } = new URL(request.url());
        if (!["file:", "data:", "blob:"].includes(protocol)) failures.push(`${path} asks for ${request.url()}`);
    });
    page.on("console", (message) => {
        if (message.type() === "error") failures.push(`${path} says: ${message.text()}`);
    });
    page.on("pageerror", (error) => failures.push(`${path}: ${error.message}`));
}

for (const theme of THEMES) {
    for (const width of WIDTHS) {
        const context = await program.newContext({ viewport: { width, height: 900 } });
        await context.addInitScript((name) => localStorage.setItem("mdbook-theme", JSON.stringify(name)), theme);
        for (const path of all) {
            const name = `${relative(book, path)} (${theme}, ${width})`;
            const page = await context.newPage();
            watch(page, name);
            await page.goto(pathToFileURL(path).href);
            await page.evaluate(axe);
            const found = await page.evaluate(() => globalThis.axe.run());
            for (const violation of found.violations) {
                if (KNOWN.has(violation.id)) continue;
                const where = violation.nodes.slice(0, 2).map((node) => node.target.join(" "));
                failures.push(`${name}: ${violation.impact} ${violation.id}: ${where.join(", ")}`);
            }
            const over = await page.evaluate(
                () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            if (over > 0) failures.push(`${name} is ${over} px wider than the window`);
            looks += 1;
            await page.close();
        }
        await context.close();
    }
}

// Keyboard: the sidebar's toggle, arrows that turn no page, the skip link.
{
    const page = await program.newPage();
    const first = all.find((path) => path.endsWith("01_subject_group.html")) ?? all[0];
    watch(page, "keyboard");
    await page.goto(pathToFileURL(first).href);
    const address = page.url();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip-link");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    assert.equal(page.url().split("#")[0], address, "an arrow key turned the page");
    const toggle = page.locator("#mdbook-sidebar-toggle");
    await toggle.focus();
    const before = await toggle.getAttribute("aria-expanded");
    await page.keyboard.press("Enter");
    assert.notEqual(await toggle.getAttribute("aria-expanded"), before, "Enter does not move the sidebar");
    await page.keyboard.press("Space");
    assert.equal(await toggle.getAttribute("aria-expanded"), before, "Space does not move the sidebar");

    // A quiz: no answer before an attempt, a retry, then all of it.
    const form = page.locator("form.quiz-question").first();
    if (await form.count()) {
        const hidden = await form.locator("details").count();
        if (hidden) assert.equal(await form.locator("details").first().isVisible(), false, "an answer shows before an attempt");
        await form.locator("input").first().focus();
        await page.keyboard.press("Space");
        await form.locator("button").first().focus();
        await page.keyboard.press("Enter");
        const said = await form.locator("[aria-live], [role=status]").first().innerText();
        assert.ok(said.trim().length > 0, "an attempt is not answered");
    }
    await page.close();
}

// Without scripts every page can be read.
{
    const context = await program.newContext({ javaScriptEnabled: false });
    for (const path of all) {
        const page = await context.newPage();
        await page.goto(pathToFileURL(path).href);
        const words = (await page.locator("main").innerText()).split(/\s+/).length;
        if (words < 100) failures.push(`${relative(book, path)} has ${words} words without scripts`);
        await page.close();
    }
    await context.close();
}

await program.close();
for (const failure of [...new Set(failures)]) console.error(`✗ ${failure}`);
console.log(`${all.length} pages, ${looks} looks, ${failures.length} failures`);
process.exit(failures.length ? 1 : 0);

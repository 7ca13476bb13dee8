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
// toc.html stands beside the text of a page without scripts, print.html holds
// all pages once more, and 404.html finds its files only on a server.
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

// What is wrong with what the page shows now, by axe.
async function examine(page, name, options = {}) {
    await page.evaluate(axe);
    const found = await page.evaluate((options) => globalThis.axe.run(options), options);
    for (const violation of found.violations) {
        const where = violation.nodes.slice(0, 2).map((node) => node.target.join(" "));
        failures.push(`${name}: ${violation.impact} ${violation.id}: ${where.join(", ")}`);
    }
    looks += 1;
}

// Text as it is read, without what a script adds for the hand: buttons, what a
// quiz says.
const text = (page) =>
    page.evaluate(() => {
        const main = document.querySelector("main").cloneNode(true);
        for (const added of main.querySelectorAll("button, .buttons, .quiz-said")) added.remove();
        return main.textContent.replace(/\s+/g, " ").trim();
    });

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

const texts = new Map();
for (const theme of THEMES) {
    for (const width of WIDTHS) {
        const context = await program.newContext({ viewport: { width, height: 900 } });
        await context.addInitScript((name) => localStorage.setItem("mdbook-theme", JSON.stringify(name)), theme);
        for (const path of all) {
            const name = `${relative(book, path)} (${theme}, ${width})`;
            const page = await context.newPage();
            watch(page, name);
            await page.goto(pathToFileURL(path).href);
            if (theme === THEMES[0] && width === WIDTHS[0]) texts.set(path, await text(page));
            // The narrow page is looked at with everything unfolded.
            if (width === WIDTHS[0]) {
                await page.evaluate(() => {
                    for (const part of document.querySelectorAll("main details")) part.open = true;
                });
            }
            await examine(page, name);
            const over = await page.evaluate(
                () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            if (over > 0) failures.push(`${name} is ${over} px wider than the window`);
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

// Themes: only those whose contrast was looked at, whatever was chosen before.
for (const [colorScheme, fallback] of [["light", "light"], ["dark", "navy"]]) {
    const context = await program.newContext({ colorScheme });
    await context.addInitScript(() => localStorage.setItem("mdbook-theme", "ayu"));
    const page = await context.newPage();
    await page.goto(pathToFileURL(all[0]).href);
    const offered = await page.locator("#mdbook-theme-list button").evaluateAll((list) => list.map((one) => one.id));
    assert.deepEqual(
        offered.map((id) => id.replace("mdbook-theme-", "")),
        ["default_theme", ...THEMES],
    );
    const classes = await page.evaluate(() => [...document.documentElement.classList]);
    assert.ok(classes.includes(fallback) && !classes.includes("ayu"), `ayu gives ${classes}`);
    await context.close();
}

// Without scripts every page says the same.
{
    const context = await program.newContext({ javaScriptEnabled: false });
    for (const path of all) {
        const page = await context.newPage();
        await page.goto(pathToFileURL(path).href);
        if ((await text(page)) !== texts.get(path)) {
            failures.push(`${relative(book, path)} has another text without scripts`);
        }
        await page.close();
    }
    await context.close();
}

// And can be read. Where scripts are off axe is too, so the page is given
// the look that it has without them.
for (const colorScheme of ["light", "dark"]) {
    const context = await program.newContext({ colorScheme });
    await context.route("**/*.js", (route) => route.abort());
    for (const path of all) {
        const page = await context.newPage();
        await page.goto(pathToFileURL(path).href);
        await page.evaluate(() => (document.documentElement.className = "light sidebar-visible"));
        // The rest of what axe finds there is mdBook's, and repaired by script.
        const name = `${relative(book, path)} (without scripts, ${colorScheme})`;
        await examine(page, name, { runOnly: ["color-contrast"] });
        await page.close();
    }
    await context.close();
}

// On paper: everything is unfolded, and nothing is light on white.
{
    const context = await program.newContext();
    await context.addInitScript(() => localStorage.setItem("mdbook-theme", "navy"));
    const page = await context.newPage();
    const path = all.find((path) => path.endsWith("01_subject_group.html")) ?? all[0];
    watch(page, "print");
    await page.goto(pathToFileURL(path).href);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const folded = await page.locator("main details:not([open])").count();
    if (folded > 0) failures.push(`${folded} parts stay folded on paper`);
    await examine(page, "print", { runOnly: ["color-contrast"] });
    await context.close();
}

await program.close();
for (const failure of [...new Set(failures)]) console.error(`✗ ${failure}`);
console.log(`${all.length} pages, ${looks} looks, ${failures.length} failures`);
process.exit(failures.length ? 1 : 0);

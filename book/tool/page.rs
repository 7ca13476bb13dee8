//! One page: what is written becomes what mdBook renders.

mod fences;

use crate::card;
use crate::course::Exercise;
use crate::directive::{self, Directive};
use crate::erd;
use crate::escape::{self, html};
use crate::finding::Finding;
use crate::front::{self, Front};
use crate::listing;
use crate::output;
use crate::quizzes;
use crate::reading;
use crate::scan::{self, Kind};
use crate::sources::Sources;
use crate::sql::{Database, Outcome};
use crate::state::State;
use crate::table;

/// A page, and all that it uses.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) front: Front,
    pub(crate) markdown: String,
    /// Numbers of exercises with a card here.
    pub(crate) cards: Vec<String>,
    pub(crate) quizzes: Vec<String>,
    pub(crate) shape: Shape,
    pub(crate) findings: Vec<Finding>,
}

/// What the template of a page is measured by.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// Words of prose outside of folded parts.
    pub(crate) words: usize,
    pub(crate) code_blocks: usize,
    /// Of code that is not folded.
    pub(crate) longest_block: usize,
    /// State figures, tables, diagrams, results.
    pub(crate) states: usize,
    /// Refused statements and failing submissions.
    pub(crate) broken: usize,
    pub(crate) predictions: usize,
    pub(crate) headings: Vec<String>,
}

struct Writer<'a> {
    sources: &'a Sources,
    /// From `book/src`.
    path: &'a str,
    /// From the page to `book/src`: `../`.
    up: String,
    /// For ids in the page.
    slug: String,
    exercise: Option<&'a Exercise>,
    database: Option<Database>,
    figures: usize,
    folded: usize,
    has_header: bool,
    /// To read the page.
    minutes: u32,
    page: Page,
}

pub(crate) fn write(sources: &Sources, path: &str, text: &str) -> Page {
    let depth = path.matches('/').count();
    let id = path.strip_suffix(".md").unwrap_or(path);
    let mut writer = Writer {
        sources,
        path,
        up: "../".repeat(depth),
        slug: escape::slug(id),
        exercise: sources
            .course
            .exercises
            .iter()
            .find(|exercise| exercise.id == id),
        database: None,
        figures: 0,
        folded: 0,
        has_header: false,
        minutes: reading::minutes(&sources.places, text),
        page: Page::default(),
    };
    let mut rest = text.to_owned();
    let mut first = 1;
    match front::split(text) {
        Ok(Some((front, taken))) => {
            writer.page.front = front;
            rest = text.lines().skip(taken).collect::<Vec<_>>().join("\n");
            first += taken;
        }
        Ok(None) => {}
        Err((line, message)) => writer.find(line, message),
    }
    for piece in scan::pieces(&rest, first) {
        match piece.kind {
            Kind::Prose(line) => writer.prose(piece.line, &line),
            Kind::Directive(line) => writer.directive(piece.line, &line),
            Kind::Fence(fence) => writer.fence(piece.line, &fence),
        }
    }
    writer.page
}

impl Writer<'_> {
    fn find(&mut self, line: usize, message: impl Into<String>) {
        let file = format!("book/src/{}", self.path);
        self.page.findings.push(Finding::new(file, line, message));
    }

    /// An HTML block, set off from Markdown.
    fn block(&mut self, html: &str) {
        self.page.markdown.push_str(&escape::block(html));
        self.page.markdown.push('\n');
    }

    fn next_id(&mut self, kind: &str) -> String {
        self.figures += 1;
        format!("{kind}-{}-{}", self.slug, self.figures)
    }

    fn prose(&mut self, number: usize, line: &str) {
        let outside = scan::outside_code(line);
        if line
            .match_indices("{{#")
            .any(|(at, _)| outside.get(at) == Some(&true))
        {
            self.find(number, "a directive stands alone on its line");
        }
        let line = match self.sources.glossary.link(line, &self.up) {
            Ok(line) => line,
            Err(message) => {
                self.find(number, message);
                line.to_owned()
            }
        };
        self.measure(&line);
        self.page.markdown.push_str(&line);
        self.page.markdown.push('\n');
        if !self.has_header && line.starts_with("# ") {
            self.has_header = true;
            self.header(number);
        }
    }

    fn measure(&mut self, line: &str) {
        let shape = &mut self.page.shape;
        if line.contains("<details") {
            self.folded += 1;
            if shape
                .headings
                .last()
                .is_some_and(|last| last.starts_with("Predict"))
            {
                shape.predictions += 1;
            }
        }
        if self.folded == 0 {
            shape.words += line
                .split_whitespace()
                .filter(|word| reading::is_word(word))
                .count();
        }
        if line.contains("</details>") {
            self.folded = self.folded.saturating_sub(1);
        }
        if let Some(heading) = line.strip_prefix("## ") {
            shape.headings.push(heading.trim().to_owned());
        }
    }

    fn header(&mut self, number: usize) {
        let made = card::header(
            &self.page.front,
            self.minutes,
            self.exercise,
            self.sources,
            &self.up,
        );
        match made {
            Ok(header) if header.is_empty() => {}
            Ok(header) => self.block(&header),
            Err(message) => self.find(number, message),
        }
    }

    fn directive(&mut self, number: usize, line: &str) {
        let made = match Directive::parse(line) {
            None => Ok(()),
            Some(Err(message)) => Err(message),
            Some(Ok(directive)) => self.carry_out(&directive),
        };
        if let Err(message) = made {
            self.find(number, message);
        }
    }

    fn carry_out(&mut self, directive: &Directive) -> Result<(), String> {
        match directive.name.as_str() {
            "exercise" => self.card(directive),
            "quiz" => self.quiz(directive),
            "listing" => self.listing(directive),
            "output" => {
                let name = directive.one(&[])?;
                let text = output::of_run(&self.sources.places, name)?;
                self.code("text", &text);
                Ok(())
            }
            "failing" => self.failing(directive),
            "table" => self.table(directive),
            "erd" => self.erd(directive),
            "state" => {
                directive.only(&["command", "reads", "changes"])?;
                let state = State::parse(&directive.keyed)?;
                let id = self.next_id("state");
                self.page.shape.states += 1;
                self.block(&crate::state::html(&state, &id));
                Ok(())
            }
            "hours" => {
                directive.only(&[])?;
                let text = hours(self.sources.minutes);
                self.page.markdown.push_str(&format!("{text}\n"));
                Ok(())
            }
            name if directive::INCLUDES.contains(&name) => Err(format!(
                "not #{name}: write {}",
                directive::usage("listing")
            )),
            name => Err(directive::unknown(name)),
        }
    }

    fn exercise_of(&self, asked: &str) -> Result<&Exercise, String> {
        let course = &self.sources.course;
        course.find(asked).ok_or_else(|| {
            format!(
                "there is no exercise {asked}; there are {}",
                course.numbers()
            )
        })
    }

    fn card(&mut self, directive: &Directive) -> Result<(), String> {
        let exercise = self.exercise_of(directive.one(&[])?)?;
        let number = exercise.number();
        let card = card::card(exercise, self.sources.repository.as_deref());
        self.page.cards.push(number);
        self.block(&card);
        Ok(())
    }

    fn quiz(&mut self, directive: &Directive) -> Result<(), String> {
        let id = directive.one(&[])?.to_owned();
        match quizzes::load(&self.sources.places, &id) {
            Ok(quiz) => self.block(&quizzes::html(&quiz, &format!("{}-quiz", self.slug))),
            Err(findings) => self.page.findings.extend(findings),
        }
        self.page.quizzes.push(id);
        Ok(())
    }

    fn listing(&mut self, directive: &Directive) -> Result<(), String> {
        let asked = directive.one(&["gaps"])?;
        let code = listing::read(&self.sources.places, asked)?;
        match directive.get("gaps") {
            None => self.code("rust", &code),
            Some(gaps) => {
                self.code("rust,ignore", &listing::with_gaps(&code, gaps)?);
                self.folded("The gaps filled", "rust", &code);
            }
        }
        Ok(())
    }

    fn failing(&mut self, directive: &Directive) -> Result<(), String> {
        directive.only(&["only"])?;
        let [number, name] = directive.plain.as_slice() else {
            return Err(directive.usage());
        };
        let (edit, message) = match directive.get("only") {
            None => (true, true),
            Some("edit") => (true, false),
            Some("message") => (false, true),
            Some(other) => return Err(format!("only=\"{other}\"; write edit or message")),
        };
        let sources = self.sources;
        let exercise = self.exercise_of(number)?.clone();
        let attempt = output::attempt(&sources.places, &exercise, name)?;
        if edit {
            let (language, code) = attempt.shown()?;
            self.code(language, &code);
        }
        if message {
            let text = output::of_checker(&sources.places, &exercise, name)?;
            self.page.shape.broken += 1;
            self.block(&format!(
                "<figure class=\"failing\"><figcaption>What <code>cargo run -- run {}</code> says</figcaption><pre tabindex=\"0\">{}</pre></figure>",
                exercise.number(),
                html(&text)
            ));
        }
        Ok(())
    }

    fn table(&mut self, directive: &Directive) -> Result<(), String> {
        directive.only(&["caption", "query"])?;
        let sql = match (directive.plain.as_slice(), directive.get("query")) {
            ([], Some(query)) => query.to_owned(),
            ([table], None) => format!("SELECT * FROM \"{}\"", table.replace('"', "\"\"")),
            _ => return Err(directive.usage()),
        };
        let database = self.database()?;
        let rows = database.query(&sql)?;
        let caption = directive.get("caption").unwrap_or_default();
        self.page.shape.states += 1;
        self.block(&format!(
            "<div class=\"sql-result\">{}</div>",
            table::html(&rows, caption)
        ));
        Ok(())
    }

    fn erd(&mut self, directive: &Directive) -> Result<(), String> {
        directive.only(&["title"])?;
        let Some(title) = directive.get("title") else {
            return Err(directive.usage());
        };
        let id = self.next_id("erd");
        let drawn = match directive.plain.as_slice() {
            [] => erd::html(&self.database()?.conn, title, &id),
            [file] => {
                let path = self.sources.places.book().join(file);
                let shown = self.sources.places.shown(&path);
                let sql =
                    std::fs::read_to_string(&path).map_err(|error| format!("{shown}: {error}"))?;
                let database = Database::new().map_err(|error| error.to_string())?;
                if let Some(Outcome::Refused(message)) = database.run(&sql).last() {
                    return Err(format!("{shown}: {message}"));
                }
                erd::html(&database.conn, title, &id)
            }
            _ => return Err(directive.usage()),
        };
        let drawn = drawn.map_err(|error| format!("drawing the diagram: {error:#}"))?;
        self.page.shape.states += 1;
        self.block(&drawn);
        Ok(())
    }

    fn database(&mut self) -> Result<&Database, String> {
        if self.database.is_none() {
            self.database = Some(Database::new().map_err(|error| error.to_string())?);
        }
        self.database
            .as_ref()
            .ok_or_else(|| "the page has no database".to_owned())
    }
}

/// `3 hours 20 minutes`.
fn hours(minutes: u32) -> String {
    let plural = |count: u32, noun: &str| match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => plural(minutes, "minute"),
        (hours, 0) => plural(hours, "hour"),
        (hours, minutes) => format!("{} {}", plural(hours, "hour"), plural(minutes, "minute")),
    }
}

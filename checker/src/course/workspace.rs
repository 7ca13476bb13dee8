//! The manifest of a cargo workspace that holds submissions: the learner's own
//! (`exercises/`) and the staged ones.

use anyhow::{Context, Result, anyhow};
use toml::{Table, Value};

use super::Files;

/// What differs between the workspaces.
pub(crate) struct Members<'a> {
    /// Glob patterns or folders.
    pub(crate) members: Vec<String>,
    /// Where `witness` lies, as cargo is to read it.
    pub(crate) witness: &'a str,
    /// Where `mini_orm` lies.
    pub(crate) mini_orm: &'a str,
    pub(crate) lints: Lints,
}

/// Whose code the workspace holds.
pub(crate) enum Lints {
    /// The learner's: run-before-main hooks, closed descriptors and null
    /// writes are compile errors, in the editor as in the grade.
    Learner,
    /// Ours: as in the root workspace.
    House,
}

/// Derives the manifest from the root workspace's, so that editions, versions,
/// features and the profile are the same and SQLite is compiled once.
///
/// # Errors
///
/// When the root manifest of the course is not what it should be.
pub(crate) fn workspace_manifest(files: &Files, given: &Members<'_>) -> Result<String> {
    let root: Table = files
        .text("Cargo.toml")?
        .parse()
        .context("the root Cargo.toml cannot be understood")?;
    let workspace = table(&root, "workspace")?;
    let mut dependencies = table(workspace, "dependencies")?.clone();
    // A path of the root's leads nowhere from here.
    dependencies.retain(|_, dependency| dependency.get("path").is_none());
    for (name, path) in [("witness", given.witness), ("mini_orm", given.mini_orm)] {
        let mut dependency = Table::new();
        dependency.insert("path".to_owned(), Value::String(path.to_owned()));
        dependencies.insert(name.to_owned(), Value::Table(dependency));
    }

    let mut own = Table::new();
    own.insert(
        "resolver".to_owned(),
        workspace
            .get("resolver")
            .cloned()
            .unwrap_or_else(|| "3".into()),
    );
    own.insert(
        "members".to_owned(),
        given
            .members
            .iter()
            .cloned()
            .map(Value::String)
            .collect::<Vec<_>>()
            .into(),
    );
    own.insert(
        "package".to_owned(),
        Value::Table(table(workspace, "package")?.clone()),
    );
    own.insert("dependencies".to_owned(), Value::Table(dependencies));
    let lints = match given.lints {
        Lints::Learner => toml::from_str("rust.unsafe_code = \"forbid\"")?,
        Lints::House => table(workspace, "lints")?.clone(),
    };
    own.insert("lints".to_owned(), Value::Table(lints));

    let mut profile = table(table(&root, "profile")?, "dev")?.clone();
    if let Some(packages) = profile.get_mut("package").and_then(Value::as_table_mut) {
        // Packages that only the checker has.
        packages.retain(|name, _| name == "*");
    }

    let mut manifest = Table::new();
    manifest.insert("workspace".to_owned(), Value::Table(own));
    let mut profiles = Table::new();
    profiles.insert("dev".to_owned(), Value::Table(profile));
    manifest.insert("profile".to_owned(), Value::Table(profiles));
    toml::to_string(&manifest).context("writing a workspace manifest")
}

fn table<'t>(parent: &'t Table, key: &str) -> Result<&'t Table> {
    parent
        .get(key)
        .and_then(Value::as_table)
        .ok_or_else(|| anyhow!("the root Cargo.toml has no table `{key}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_word_for_word_the_roots() {
        let files = Files::embedded();
        let given = Members {
            members: vec!["a".to_owned()],
            witness: "witness",
            mini_orm: "mini_orm",
            lints: Lints::Learner,
        };
        let manifest: Table = workspace_manifest(&files, &given).unwrap().parse().unwrap();
        let root: Table = files.text("Cargo.toml").unwrap().parse().unwrap();
        let mut expected = root["profile"]["dev"].as_table().unwrap().clone();
        expected["package"]
            .as_table_mut()
            .unwrap()
            .retain(|name, _| name == "*");
        assert_eq!(manifest["profile"]["dev"].as_table(), Some(&expected));
        assert_eq!(expected["debug"].as_str(), Some("line-tables-only"));
        assert_eq!(expected["package"]["*"]["debug"].as_bool(), Some(false));
        assert_eq!(
            manifest["workspace"]["dependencies"]["rusqlite"],
            root["workspace"]["dependencies"]["rusqlite"]
        );
        assert_eq!(
            manifest["workspace"]["lints"]["rust"]["unsafe_code"].as_str(),
            Some("forbid")
        );
    }

    #[test]
    fn no_path_of_the_roots_is_handed_on() {
        let given = Members {
            members: vec!["a".to_owned()],
            witness: "x/witness",
            mini_orm: "x/mini_orm",
            lints: Lints::House,
        };
        let text = workspace_manifest(&Files::embedded(), &given).unwrap();
        let mut paths: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("path = "))
            .collect();
        paths.sort_unstable();
        assert_eq!(paths, ["path = \"x/mini_orm\"", "path = \"x/witness\""]);
    }
}

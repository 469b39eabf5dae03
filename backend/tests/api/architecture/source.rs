//! The source as text: its files, their code without comments and tests, and the paths in it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A file of Rust.
pub(crate) struct Source {
    /// From the root, such as `backend/src/identity/mod.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust file below `folder`, tests among them.
pub(super) fn all_sources(folder: &str) -> Vec<Source> {
    fn collect(path: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push(Source { path: name, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has no source");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Every Rust file below `folder` that goes into a program: without the modules that only tests have.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let mut all = all_sources(folder);
    let of_tests: Vec<String> = all.iter().flat_map(Source::test_modules).collect();
    all.retain(|source| {
        let module = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        !of_tests.iter().any(|test| module == test || module.starts_with(&format!("{test}/")))
    });
    all
}

impl Source {
    /// The code, without comments and what only tests have.
    pub(crate) fn code(&self) -> String {
        code(&self.text)
    }

    /// Where the file stands among the modules of its crate: `["identity", "store"]`; nothing for the root.
    pub(super) fn module(&self) -> Vec<&str> {
        let inside = self.path.split_once("/src/").map_or("", |(_, inside)| inside);
        let mut module: Vec<&str> = inside.trim_end_matches(".rs").split('/').collect();
        module.retain(|part| !["mod", "lib", "main"].contains(part));
        module
    }

    /// The files of this module's `#[cfg(test)] mod name;`, without their endings.
    fn test_modules(&self) -> Vec<String> {
        let folder = self.path.trim_end_matches(".rs");
        let folder = ["/mod", "/lib", "/main"].iter().find_map(|end| folder.strip_suffix(end)).unwrap_or(folder);
        let after_mark = self.text.split("#[cfg(test)]\n").skip(1);
        let name = |after: &str| Some(after.lines().next()?.trim().strip_prefix("mod ")?.strip_suffix(';')?.to_owned());
        after_mark.filter_map(name).map(|name| format!("{folder}/{name}")).collect()
    }
}

/// Code without comments and without what stands below `#[cfg(test)]`: a line that closes it is as far to the right.
pub(crate) fn code(text: &str) -> String {
    let (mut kept, mut left_out) = (Vec::new(), None);
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        match left_out {
            None if line.trim() == "#[cfg(test)]" => left_out = Some(indent),
            None if line.trim_start().starts_with("//") => {}
            None => kept.push(line),
            Some(at) if at == indent && (line.trim() == "}" || line.ends_with(';')) => left_out = None,
            Some(_) => {}
        }
    }
    kept.join("\n")
}

/// Every path in a code, with its groups written out: `use a::{b, c::{d, e}}` has `a::b`, `a::c::d` and `a::c::e`.
pub(super) fn paths(code: &str) -> BTreeSet<String> {
    let (tokens, mut found, mut at) = (tokens(code), BTreeSet::new(), 0);
    while at < tokens.len() {
        at = if is_name(tokens[at]) { path(&tokens, at, "", &mut found) } else { at + 1 };
    }
    found
}

/// Whether a path is `of` or lies below it.
pub(super) fn lies_in(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::`, and every other character by itself.
fn tokens(code: &str) -> Vec<&str> {
    let (mut tokens, mut rest) = (Vec::new(), code.trim_start());
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

/// Reads the path that begins at a name, after `before`; where it ends.
fn path(tokens: &[&str], mut at: usize, before: &str, found: &mut BTreeSet<String>) -> usize {
    let mut path = format!("{before}{}", tokens[at]);
    at += 1;
    while tokens.get(at) == Some(&"::") {
        match tokens.get(at + 1) {
            Some(&"{") => return group(tokens, at + 2, &format!("{path}::"), found),
            Some(name) if is_name(name) => path = format!("{path}::{name}"),
            _ => break,
        }
        at += 2;
    }
    found.insert(path);
    at
}

/// Reads a group after its brace; where it ends.
fn group(tokens: &[&str], mut at: usize, before: &str, found: &mut BTreeSet<String>) -> usize {
    while let Some(token) = tokens.get(at) {
        match *token {
            "}" => return at + 1,
            "as" => at += 2,
            name if is_name(name) => at = path(tokens, at, before, found),
            _ => at += 1,
        }
    }
    at
}

#[test]
fn groups_are_written_out() {
    let found = paths("use a::{self, b as x, c::{d, E}};\nlet f = g::<h>(a::i::j { k: 1 }, 'l');");
    for path in ["a::self", "a::b", "a::c::d", "a::c::E", "a::i::j", "h"] {
        assert!(found.contains(path), "{path} in {found:?}");
    }
    assert!(!found.contains("a::x"), "{found:?}");
    assert!(lies_in("a::b", "a::b") && lies_in("a::b::c", "a::b") && !lies_in("a::bc", "a::b"));
}

#[test]
fn only_what_tests_have_is_left_out() {
    let text = "use a;\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n// c\nfn d() {\n    #[cfg(test)]\n    e();\n    f();\n}\n";
    assert_eq!(code(text), "use a;\nfn d() {\n    f();\n}");
}

//! What others wrote: where it comes from, and under which licence. The rules stand in deny.toml.

use super::source::root;
use std::{fs, process::Command};

/// Where packages come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn table(file: &str) -> toml::Table {
    toml::from_str(&fs::read_to_string(root().join(file)).unwrap()).unwrap()
}

/// What deny.toml lists there, by name.
fn listed(section: &str, list: &str) -> Vec<String> {
    let rules = table("deny.toml");
    let entries = rules[section].get(list).and_then(toml::Value::as_array).unwrap();
    let name = |entry: &toml::Value| entry.as_str().or_else(|| entry.get("name")?.as_str()).unwrap().to_owned();
    entries.iter().map(name).collect()
}

#[test]
fn every_dependency_comes_from_the_registry_and_none_is_banned() {
    let (lock, banned) = (table("Cargo.lock"), listed("bans", "deny"));
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let source = package.get("source").and_then(toml::Value::as_str);
        assert!(source.is_none_or(|source| source == REGISTRY), "{name} comes from {source:?}");
        assert!(!banned.iter().any(|other| other == name), "{name} is banned: deny.toml says why");
    }
}

#[test]
fn no_dependency_is_taken_in_any_version() {
    let members = table("Cargo.toml")["workspace"]["members"].as_array().unwrap().clone();
    let members = members.iter().map(|member| format!("{}/Cargo.toml", member.as_str().unwrap()));
    for file in members.chain(["Cargo.toml".to_owned()]) {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        let any = text.lines().find(|line| !line.starts_with('[') && line.contains("\"*\""));
        assert_eq!(any, None, "{file} takes any version");
    }
}

#[test]
fn every_licence_is_one_that_we_may_ship() {
    let allowed = listed("licenses", "allow");
    let mut command = Command::new(env!("CARGO"));
    let output = command.args(["metadata", "--format-version", "1", "--locked"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{} packages", packages.len());
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_met(licence, &allowed), "{} is under {licence:?}", package["id"]);
    }
}

/// Whether what is allowed meets an SPDX expression.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    !words.is_empty() && any_of(&words, &mut 0, allowed)
}

fn any_of(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = all_of(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all_of(words, at, allowed);
    }
    met
}

fn all_of(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let met = any_of(words, at, allowed);
        *at += 1;
        return met;
    }
    let mut name = word.to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{word} WITH {}", words.get(*at + 1).copied().unwrap_or_default());
        *at += 2;
    }
    allowed.contains(&name)
}

#[test]
fn an_expression_of_licences_is_read() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for met in ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND ISC", "Apache-2.0 WITH LLVM-exception"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for unmet in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "Apache-2.0"] {
        assert!(!is_met(unmet, &allowed), "{unmet}");
    }
}

//! Turns shared/locales into code, and keeps what the bundler needs to split the app.
//!
//! A key that a language lacks stops the build. The crate that is meant for this would pull in
//! the whole of the ICU data tools; this takes its two halves.

#![expect(clippy::disallowed_methods, reason = "cargo tells a build script its surroundings in the environment")]

use leptos_i18n_parser::parse_locales::{
    cfg_file::ConfigFile,
    options::{Config, ParseOptions},
    parse_locales,
};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{env, error::Error, fmt::Write, fs, mem, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=Cargo.toml");
    println!("cargo:rerun-if-changed=../shared/locales");
    // Lazy routes become files of their own only while the module still says what calls what.
    if env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }

    let mut folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let config: Config = ConfigFile::new(&mut folder).map_err(|error| error.to_string())?.into();
    let config = config.parse_options(ParseOptions::new().interpolate_display(true));
    let texts = parse_locales(Some(folder), config).map_err(|error| error.to_string())?;
    let gaps: Vec<_> = texts.diag.warnings().iter().map(ToString::to_string).collect();
    if !gaps.is_empty() {
        return Err(gaps.join("\n").into());
    }
    let code = leptos_i18n_codegen::gen_code(&texts, None, false, None, true).map_err(|error| error.to_string())?;
    let mut lines = String::new();
    write_lines(code, &mut lines)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("texts.rs"), lines)?;
    Ok(())
}

/// Writes code in short lines. Lints ask for the column of each thing that they look at, which is counted from where its
/// line begins: in one line of megabytes that took most of their time.
fn write_lines(code: TokenStream, lines: &mut String) -> Result<(), Box<dyn Error>> {
    let mut line = TokenStream::new();
    for token in code {
        match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                let (opens, closes) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::Brace | Delimiter::None => ('{', '}'),
                };
                writeln!(lines, "{} {opens}", mem::take(&mut line))?;
                write_lines(group.stream(), lines)?;
                writeln!(lines, "{closes}")?;
            }
            token => {
                let is_end = matches!(&token, TokenTree::Punct(sign) if matches!(sign.as_char(), ';' | ','));
                line.extend([token]);
                if is_end {
                    writeln!(lines, "{}", mem::take(&mut line))?;
                }
            }
        }
    }
    writeln!(lines, "{line}")?;
    Ok(())
}

//! Brings the items of a file into the bank. It speaks to authors of items, so in Chinese.

use super::{TextFormat, say, services};
use crate::{
    access::{JobName, Permit},
    identity,
    item_bank::{self, ImportIntoBank, text_of_file},
    learning,
    platform::{
        config::Config,
        error::AppError,
        http::IdempotencyKey,
        texts::{Language, text},
    },
};
use serde_json::{Value, json};
use shared::item_bank::{ImportFormat, ImportItems};
use std::{io::ErrorKind, path::PathBuf};

/// What is to be brought in.
pub(super) struct Wanted {
    pub(super) file: PathBuf,
    /// Code of the course.
    pub(super) course: String,
    /// Account name.
    pub(super) author: String,
    pub(super) format: Option<TextFormat>,
}

impl Wanted {
    fn format(&self) -> ImportFormat {
        let is_gift = self.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gift"));
        match self.format {
            Some(TextFormat::Gift) => ImportFormat::Gift,
            Some(TextFormat::Aiken) => ImportFormat::Aiken,
            Some(TextFormat::MoodleXml) => ImportFormat::MoodleXml,
            Some(TextFormat::Qti) => ImportFormat::Qti,
            Some(TextFormat::ChineseText) => ImportFormat::ChineseText,
            None if is_gift => ImportFormat::Gift,
            None => ImportFormat::ChineseText,
        }
    }

    /// The text of the file.
    fn text(&self) -> Result<String, Vec<String>> {
        let file = json!({ "file": self.file.display().to_string() });
        let bytes = std::fs::read(&self.file).map_err(|error| match error.kind() {
            ErrorKind::NotFound => told("cli.file-missing", &file),
            _ => told("cli.file-unreadable", &file),
        })?;
        text_of_file(&bytes).ok_or_else(|| told("cli.file-no-text", &file))
    }
}

/// Brings the items in: everything or nothing.
///
/// # Errors
/// What is wrong, a sentence each.
pub(super) async fn import(config: Config, wanted: Wanted) -> Result<(), Vec<String>> {
    let text = wanted.text()?;
    let cx = services(config).await.map_err(|error| vec![why(&error)])?;
    let author = identity::find_by_name(&cx, &wanted.author).await.map_err(|error| vec![why(&error)])?;
    let author = author.ok_or_else(|| told("cli.no-account", &json!({ "name": wanted.author })))?;
    let courses = learning::courses(&cx).await.map_err(|error| vec![why(&error)])?;
    let course = courses.into_iter().find(|known| known.code == wanted.course);
    let course = course.ok_or_else(|| told("cli.no-course", &json!({ "code": wanted.course })))?;
    let permit = Permit::<ImportIntoBank>::for_job(JobName::ImportItems, course.id);
    let new = ImportItems { course_id: course.id, format: wanted.format(), text, dry_run: false, only: None };
    let report = item_bank::import(&cx, &permit, author, &IdempotencyKey(None), &new).await.map_err(refused)?;
    for error in report.errors.iter().chain(&report.losses) {
        let detail = chinese(&format!("import.{}", error.code), &json!({ "name": error.name }));
        print(&format!("{}:{}: {detail}", wanted.file.display(), error.line))?;
    }
    if !report.errors.is_empty() {
        return Err(told("cli.nothing-imported", &json!({ "count": report.errors.len() })));
    }
    print(&chinese("cli.imported", &json!({ "count": report.stored.len(), "code": course.code })))
}

fn chinese(key: &str, params: &Value) -> String {
    text(Language::Chinese, key, params)
}

fn told(key: &str, params: &Value) -> Vec<String> {
    vec![chinese(key, params)]
}

/// What a refusal says, field by field where fields are wrong.
fn refused(error: AppError) -> Vec<String> {
    match error {
        AppError::Invalid(errors) => {
            errors.iter().map(|error| chinese(&format!("field.{}", error.code), &Value::Null)).collect()
        }
        other => vec![why(&other)],
    }
}

/// What a problem says; of one that is nobody's doing, what was seen as well.
fn why(error: &AppError) -> String {
    match error {
        AppError::Refused(refusal) => chinese(&format!("{}.detail", refusal.message_key()), &refusal.params()),
        AppError::Store(_) | AppError::Internal(_) | AppError::Unavailable { .. } => {
            format!("{} ({error})", chinese(&format!("{}.title", error.code().as_str()), &Value::Null))
        }
        other => chinese(&format!("{}.detail", other.code().as_str()), &Value::Null),
    }
}

fn print(line: &str) -> Result<(), Vec<String>> {
    say(line).map_err(|error| vec![error.to_string()])
}

//! The certificate on paper: a PDF that carries the signed document.

use super::{
    document,
    entity::certificate,
    public::{certificate_address, qr_of},
    views::{grade_of, state_of},
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
    http::Allowance,
};
use actix_web::web::block;
use printing::{Job, Press};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{
    credit_bank::{CertificateState, number_grouped},
    problem::{ProblemCode, Refusal},
    results::Grade,
};
use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};
use tokio::sync::Semaphore;

/// How it is set.
const TEMPLATE: &str = include_str!("print/certificate.typ");
/// Families to set it in, the best first.
const FAMILIES: &[&str] =
    &["Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Noto Sans CJK SC", "Noto Sans SC"];
/// Families to set the letters of formulas in, the best first; without one they are those of the text.
const FORMULA_FAMILIES: &[&str] = &[
    "STIX Two Math",
    "XITS Math",
    "Latin Modern Math",
    "New Computer Modern Math",
    "TeX Gyre Termes Math",
    "Libertinus Math",
    "Noto Sans Math",
    "Cambria Math",
];
/// Documents that are set at the same time; more wait.
const AT_ONCE: usize = 2;

/// Documents that one account may have set in a window: enough for a pile of certificates, too few to keep the others
/// waiting.
pub const PRINTS: Allowance = Allowance::by_the_minute("print", 60);

/// Why a document is not printed here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum PrintRefusal {
    /// The machine has none of [`FAMILIES`].
    #[error("no Chinese font is installed")]
    NoFont,
    /// A letter is in no font, or the template is wrong.
    #[error("a document cannot be set: {0}")]
    NotSet(String),
}

impl Refusal for PrintRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::Unavailable
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NoFont => "unavailable.no-font",
            Self::NotSet(_) => "unavailable.not-printed",
        }
    }
}

/// Prints certificates, and what else is set on paper. The fonts are looked for when the first one is asked for.
pub struct Printer {
    fonts: Option<PathBuf>,
    press: OnceLock<Press>,
    turns: Semaphore,
}

impl Printer {
    /// A printer that looks for fonts in `fonts` before it asks the system.
    #[must_use]
    pub fn new(fonts: Option<PathBuf>) -> Arc<Self> {
        Arc::new(Self { fonts, press: OnceLock::new(), turns: Semaphore::new(AT_ONCE) })
    }

    /// A printer that has the fonts of this press and no others.
    #[must_use]
    pub fn with(press: Press) -> Arc<Self> {
        Arc::new(Self { fonts: None, press: press.into(), turns: Semaphore::new(AT_ONCE) })
    }

    /// The certificate as PDF. The same certificate in the same state gives the same bytes.
    ///
    /// # Errors
    /// `unavailable` if the machine has no Chinese font, or none with a letter that is needed.
    pub(super) async fn print(self: Arc<Self>, cx: &Services, sheet: Sheet) -> AppResult<Vec<u8>> {
        let data = sheet.data(cx)?;
        let qr = qr_of(&certificate_address(cx, &sheet.row.number))?.into_bytes();
        let ident = format!("{} {}", sheet.row.number, sheet.row.state);
        let files = vec![("/qr.svg", qr), ("/credential.json", sheet.row.document.into_bytes())];
        self.set_with(TEMPLATE, data, files, ident).await
    }

    /// Another document as PDF: a typst text, its data without fonts, and what names it for ever.
    ///
    /// # Errors
    /// `unavailable` if the machine has no Chinese font, or none with a letter that is needed.
    pub async fn set_document(
        self: Arc<Self>,
        template: &'static str,
        data: Value,
        ident: String,
    ) -> AppResult<Vec<u8>> {
        self.set_with(template, data, Vec::new(), ident).await
    }

    /// The same with pictures and attachments.
    ///
    /// # Errors
    /// As [`Printer::set_document`].
    pub async fn set_with(
        self: Arc<Self>,
        template: &'static str,
        data: Value,
        files: Vec<(&'static str, Vec<u8>)>,
        ident: String,
    ) -> AppResult<Vec<u8>> {
        let _turn = self.turns.acquire().await.map_err(AppError::internal)?;
        let printer = self.clone();
        let pdf = block(move || printer.set(template, data, files, ident)).await.map_err(AppError::internal)?;
        pdf.map_err(AppError::refused)
    }

    fn set(
        &self,
        template: &'static str,
        mut data: Value,
        files: Vec<(&'static str, Vec<u8>)>,
        ident: String,
    ) -> Result<Vec<u8>, PrintRefusal> {
        let press = self.press.get_or_init(|| Press::new(self.fonts.as_deref()));
        data["fonts"] = json!([press.first_of(FAMILIES).ok_or(PrintRefusal::NoFont)?]);
        data["math_font"] = json!(press.first_of(FORMULA_FAMILIES));
        let job = Job { template, data: &data, files, ident };
        press.print(job).map_err(|error| PrintRefusal::NotSet(error.to_string()))
    }
}

/// What stands on the sheet.
pub(super) struct Sheet {
    /// The certificate.
    row: certificate::Model,
}

impl Sheet {
    /// The sheet of a certificate.
    pub(super) fn of(row: certificate::Model) -> Self {
        Self { row }
    }

    /// How its file is called.
    pub(super) fn file_name(&self) -> String {
        format!("{}.pdf", self.row.number)
    }

    fn data(&self, cx: &Services) -> AppResult<Value> {
        let (row, state) = (&self.row, state_of(&self.row)?);
        let date = row.issued_at.date_in_china();
        let address = cx.config.public_url.split_once("://").map_or("", |(_, rest)| rest);
        let fingerprint = hex::encode(Sha256::digest(row.document.as_bytes()));
        Ok(json!({
            "title": text("title"),
            "subtitle": text("subtitle"),
            "number": row.number,
            "number_label": text("number"),
            "number_grouped": number_grouped(&row.number),
            "statement": self.statement()?,
            "facts": self.facts(state)?,
            "qr_alt": text("qr"),
            "scan": text("scan"),
            "or_at": text("or_at"),
            "address": format!("{address}/verify"),
            "issuer": document::issuer_name(),
            "issued_on": date_text(date.year(), date.month(), date.day()),
            "date": [date.year(), date.month(), date.day()],
            "note": text("note"),
            "fingerprint_label": text("fingerprint"),
            "fingerprint": fingerprint,
            "key_label": text("key"),
            "key": document::key_id(cx),
            "stamp": stamp(state),
            "is_void": is_void(state),
            "credential_name": format!("{}.json", row.number),
            "credential_about": text("attachment"),
        }))
    }

    /// The sentence that certifies, in pieces: what differs from sheet to sheet stands out.
    fn statement(&self) -> AppResult<Vec<Value>> {
        let pattern = text("statement");
        let values = [
            ("name", self.row.holder_name.clone()),
            ("course", self.row.course_title.clone()),
            ("score", self.row.score.to_string()),
            ("grade", grade_text(grade_of(&self.row)?)),
        ];
        let mut pieces = Vec::new();
        for part in pattern.split_inclusive(['{', '}']) {
            let plain = part.trim_end_matches(['{', '}']);
            let value = values.iter().find(|(name, _)| part.ends_with('}') && *name == plain);
            let (words, is_strong) = value.map_or((plain, false), |(_, value)| (value.as_str(), true));
            pieces.push(json!({ "text": words, "strong": is_strong }));
        }
        Ok(pieces)
    }

    fn facts(&self, state: CertificateState) -> AppResult<Vec<Value>> {
        let row = &self.row;
        let fact = |label: &str, value: String, is_wide: bool| json!({ "label": text(label), "value": value, "wide": is_wide });
        Ok(vec![
            fact("holder", self.row.holder_name.clone(), false),
            fact("course", row.course_title.clone(), false),
            fact("exam", row.exam_session_title.clone(), true),
            fact("score", row.score.to_string(), false),
            fact("grade", grade_text(grade_of(row)?), false),
            fact("audit", text(&format!("state.{}", state.as_str())), true),
        ])
    }
}

fn text(key: &str) -> String {
    document::text(&format!("pdf.{key}"))
}

fn grade_text(grade: Grade) -> String {
    text(&format!("grade.{}", grade.as_str()))
}

fn date_text(year: i16, month: i8, day: i8) -> String {
    let fill = |pattern: String, name: &str, value: String| pattern.replace(name, &value);
    let pattern = fill(text("date"), "{year}", year.to_string());
    fill(fill(pattern, "{month}", month.to_string()), "{day}", day.to_string())
}

/// What is stamped across a sheet that does not count.
fn stamp(state: CertificateState) -> Option<String> {
    match state {
        CertificateState::Approved => None,
        CertificateState::Revoked => Some(text("stamp.void")),
        CertificateState::Superseded => Some(text("stamp.superseded")),
        CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => {
            Some(text("stamp.not_yet"))
        }
    }
}

fn is_void(state: CertificateState) -> bool {
    matches!(state, CertificateState::Revoked | CertificateState::Superseded)
}

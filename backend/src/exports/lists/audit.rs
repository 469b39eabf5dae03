//! The audit log, as a file: what is handed to who examines the system. That somebody took it stands in the log, too.

use crate::{
    access::{Actor, actions, authorize},
    exports::{self, Cell, Filter, List, Part, worded},
    identity::{self, AuditQuery},
    platform::{
        Services,
        error::AppResult,
        words::{to_the_second, word},
    },
};
use actix_web::HttpResponse;
use jiff::civil::Date;
use shared::{
    identity::{AuditEntryView, AuditNote},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    rights::{Place, Right},
    time::write_date,
};

/// Which list it is.
const LIST: &str = "audit_entries";
/// Its columns.
const COLUMNS: [&str; 8] = ["entry", "moment", "name", "account", "right", "target", "request", "notes"];

actions! {
    /// Take entries of the audit log away as a file.
    ExportAudit(&'static str) = ReadAudit;
}

/// The entries of a list, as a file.
///
/// # Errors
/// `forbidden` if the actor does not read the log of the whole province; the field `/actor` if nobody is called so, and
/// `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &AuditQuery) -> AppResult<HttpResponse> {
    let province = Place::division(DivisionCode::ZHEJIANG.as_str());
    let permit = authorize::<ExportAudit>(actor, LIST, &province)?;
    let filter = Filter::default()
        .and("from", query.from.map(on))
        .and("to", query.to.map(on))
        .and("right", worded("rights.right", query.right.map(Right::as_str)))
        .and_text("actor", query.actor.as_deref())
        .and_text("target", query.target.as_deref());
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let of_page = PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) };
        let page = identity::audit_entries(cx, actor, (query, &of_page)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

/// A day by which the list is narrowed down.
fn on(day: Date) -> Part {
    let day = write_date(day);
    Part { asked: day.clone(), shown: day }
}

fn row(entry: AuditEntryView) -> Vec<Cell> {
    // The log keeps rights that there are no longer.
    let right = Right::parse(&entry.right).map(|right| word(&format!("rights.right_{right}")).to_owned());
    vec![
        Cell::Number(entry.seq),
        to_the_second(entry.at).into(),
        entry.display_name.unwrap_or_else(|| word("rights.audit_system").to_owned()).into(),
        entry.login_name.into(),
        right.unwrap_or(entry.right).into(),
        entry.target.into(),
        entry.request_id.into(),
        entry.notes.iter().map(note).collect::<Vec<_>>().join("; ").into(),
    ]
}

fn note(AuditNote { name, value }: &AuditNote) -> String {
    format!("{name} {value}").trim().to_owned()
}

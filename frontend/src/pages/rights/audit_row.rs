//! One entry of the audit log.

use super::right_name::right_name;
use crate::{
    i18n::{t_string, use_i18n},
    platform::when,
};
use leptos::prelude::*;
use shared::{
    identity::{AuditEntryView, AuditNote},
    rights::Right,
};

/// The cells.
pub(super) fn row(entry: AuditEntryView) -> impl IntoView {
    let i18n = use_i18n();
    let (at, display_name, code) = (entry.at, entry.display_name, entry.right);
    let actor = move || display_name.clone().unwrap_or_else(|| t_string!(i18n, rights.audit_system).to_owned());
    let right = move || match Right::parse(&code) {
        Some(right) => right_name(i18n.get_locale(), right).to_owned(),
        None => code.clone(),
    };
    view! {
        <th scope="row">
            <span class="num">{move || when::date_time(i18n.get_locale(), at)}</span>
            " "
            <span class="muted small num">{format!("#{}", entry.seq)}</span>
        </th>
        <td><span>{actor} " " <span class="muted small">{entry.login_name}</span></span></td>
        <td>{right}</td>
        <td><span class="audit-text small">{entry.target}</span></td>
        <td><ul class="plain audit-text small">{entry.notes.into_iter().map(note).collect_view()}</ul></td>
    }
}

fn note(note: AuditNote) -> impl IntoView {
    view! { <li><span class="muted">{note.name}</span> " " {note.value}</li> }
}

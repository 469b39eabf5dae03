//! How many candidates from a place a test takes: typed a line each, and shown with how many have registered.

use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::deed::Deed,
    ui::{Card, Column, Field, Table, TextArea},
};
use leptos::prelude::*;
use shared::{
    organisation::DivisionCode,
    sittings::{ExamQuota, ExamSessionView, QuotaView},
};

/// What is typed of known quotas.
pub(super) fn typed(quotas: &[QuotaView]) -> String {
    let lines: Vec<_> = quotas.iter().map(|quota| format!("{} {}", quota.division, quota.places)).collect();
    lines.join("\n")
}

/// Quotas as a person types them, a line each: the code of a division, and how many. None at all is right, too; `None` if
/// a line cannot be read.
pub(super) fn read(text: &str) -> Option<Vec<ExamQuota>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let quota = |line: &str| {
        let (division, places) = line.split_once(char::is_whitespace)?;
        Some(ExamQuota { division: DivisionCode::parse(division)?, places: places.trim().parse().ok()? })
    };
    lines.map(quota).collect()
}

/// The field.
#[component]
pub(super) fn QuotaField(
    /// What is typed.
    value: RwSignal<String>,
    /// Whether the form was sent.
    was_sent: RwSignal<bool>,
    /// Sending it.
    deed: Deed,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = move || {
        if was_sent.get() && value.with(|typed| read(typed).is_none()) {
            return t_string!(i18n, sittings.bad_quotas).to_owned();
        }
        let told = deed.failure().and_then(|failure| failure.field_below("/quotas"));
        told.unwrap_or_default()
    };
    view! {
        <Field
            id="quotas"
            label=words(|locale| td_string!(locale, sittings.quotas))
            hint=words(|locale| td_string!(locale, sittings.quotas_hint))
            error=Signal::derive(error)
        >
            <TextArea value rows=3 />
        </Field>
    }
}

/// Each quota with how far it is used; nothing where there are none.
#[component]
pub(super) fn Quotas(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let quotas = Memo::new(move |_| exam_session.with(|shown| shown.quotas.clone()));
    view! {
        <Show when=move || quotas.with(|quotas| !quotas.is_empty())>
            <Card title=words(|locale| td_string!(locale, sittings.quotas))>
                <Table
                    caption=words(|locale| td_string!(locale, sittings.quota_table))
                    columns=vec![
                        Column::text(words(|locale| td_string!(locale, sittings.quota_place))),
                        Column::number(words(|locale| td_string!(locale, sittings.quota_places))),
                        Column::number(words(|locale| td_string!(locale, sittings.registered))),
                    ]
                    rows=Signal::derive(move || quotas.get())
                    key=|quota| (quota.division.to_string(), quota.places, quota.taken)
                    row
                />
            </Card>
        </Show>
    }
}

/// The cells of a quota.
fn row(quota: QuotaView) -> impl IntoView {
    let QuotaView { division_name, places, taken, .. } = quota;
    view! {
        <th scope="row">{division_name}</th>
        <td class="n">{places}</td>
        <td class="n">{taken}</td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_are_read_as_they_are_typed() {
        let quota = |code: &str, places| ExamQuota { division: DivisionCode::parse(code).unwrap(), places };
        assert_eq!(read(" 330502 30 \n\n3306\t50"), Some(vec![quota("330502", 30), quota("3306", 50)]));
        assert_eq!(read("  \n"), Some(Vec::new()));
        for text in ["330502", "330502 many", "county 30"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

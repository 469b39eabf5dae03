//! What would go to the record that stays.

use super::words::fact_name;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    ui::{Card, Column, Table},
};
use leptos::prelude::*;
use shared::people::{FactCount, LogInFate};

/// How many facts of each kind there are, and what becomes of the log-in.
#[component]
pub(super) fn FactsCard(facts: Vec<FactCount>, log_in: LogInFate) -> impl IntoView {
    let i18n = use_i18n();
    let has_staying = facts.iter().any(|count| count.staying > 0);
    let log_in = move || match log_in {
        LogInFate::None => None,
        LogInFate::GoesAlong => Some(t_string!(i18n, merges.log_in_goes_along)),
        LogInFate::Closes => Some(t_string!(i18n, merges.log_in_closes)),
    };
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, merges.fact))),
        Column::number(words(|locale| td_string!(locale, merges.kept))),
        Column::number(words(|locale| td_string!(locale, merges.ended))),
        Column::number(words(|locale| td_string!(locale, merges.staying))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, merges.facts))>
            <p>{t!(i18n, merges.facts_text)}</p>
            <Table
                caption=words(|locale| td_string!(locale, merges.facts_table))
                columns
                rows=Signal::stored(facts)
                key=|count| count.kind
                row
            />
            {has_staying.then(|| view! { <p class="muted small">{t!(i18n, merges.staying_text)}</p> })}
            {move || log_in().map(|text| view! { <p>{text}</p> })}
        </Card>
    }
}

fn row(count: FactCount) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <th scope="row">{move || fact_name(i18n.get_locale(), count.kind)}</th>
        <td class="n">{count.survivor}</td>
        <td class="n">{count.merged}</td>
        <td class="n">{count.staying}</td>
    }
}

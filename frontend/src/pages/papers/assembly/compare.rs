//! How many items each form has of each field, side by side.

use super::{Drawn, form_name};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    pages::{
        organisation::words::words,
        papers::{thousandths::share_text, words::cell_name},
    },
    ui::{Card, Column, Table},
};
use leptos::prelude::*;

/// One line: what it is about, what is wanted, and what each form has.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    number: usize,
    name: String,
    wanted: String,
    there: Vec<String>,
}

/// The table.
#[component]
pub(super) fn Compare(drawn: Drawn) -> impl IntoView {
    let i18n = use_i18n();
    let forms = drawn.forms.with_untracked(Vec::len);
    let form_column = |at: usize| {
        let name = move || drawn.blueprint.with_value(|blueprint| form_name(i18n.get_locale(), at, blueprint));
        Column::number(Signal::derive(name))
    };
    let mut columns = vec![
        Column::text(words(|locale| td_string!(locale, papers.cell))),
        Column::number(words(|locale| td_string!(locale, papers.wanted))),
    ];
    columns.extend((0..forms).map(form_column));
    let lines = Memo::new(move |_| lines(drawn, i18n.get_locale()));
    view! {
        <Card title=words(|locale| td_string!(locale, papers.compare))>
            <Table
                caption=words(|locale| td_string!(locale, papers.blueprint_title))
                columns
                rows=Signal::derive(move || lines.get())
                key=|line| (line.number, line.name.clone(), line.there.clone())
                row
            />
        </Card>
    }
}

fn lines(drawn: Drawn, locale: Locale) -> Vec<Line> {
    let forms = drawn.forms.get();
    drawn.blueprint.with_value(|blueprint| {
        let mut lines: Vec<_> = blueprint
            .rows
            .iter()
            .enumerate()
            .map(|(number, row)| {
                let cell = row.cell();
                Line {
                    number,
                    name: cell_name(locale, &cell),
                    wanted: row.count.to_string(),
                    there: forms.iter().map(|form| form.count(&cell).to_string()).collect(),
                }
            })
            .collect();
        lines.push(Line {
            number: lines.len(),
            name: td_string!(locale, papers.total).to_owned(),
            wanted: blueprint.total.to_string(),
            there: forms.iter().map(|form| form.points().to_string()).collect(),
        });
        lines.push(Line {
            number: lines.len(),
            name: td_string!(locale, papers.mean_difficulty).to_owned(),
            wanted: share_text(i32::from(blueprint.difficulty)),
            there: forms.iter().map(|form| share_text(form.difficulty())).collect(),
        });
        lines
    })
}

fn row(line: Line) -> impl IntoView {
    let cell = |there: String| view! { <td class="n">{there}</td> };
    view! {
        <th scope="row">{line.name}</th>
        <td class="n">{line.wanted}</td>
        {line.there.into_iter().map(cell).collect_view()}
    }
}

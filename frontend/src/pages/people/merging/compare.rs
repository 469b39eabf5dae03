//! Two records side by side: what differs, what would move, what forbids it, and the proposal.

use super::{
    facts::FactsCard,
    propose::ProposeCard,
    words::{field_name, obstacle_text},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::{
            names::Names,
            words::{kind_name, sex_name},
        },
    },
    platform::{actor::Actor, client},
    ui::{AsyncView, ButtonLink, Card, Column, Notice, PageHeading, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::people::{MergeObstacle, MergePreview, PersonField, PersonView};

lazy_page! {
    /// The page.
    ComparePage = Compare in school;
}

#[component]
fn Compare() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let preview = LocalResource::new(move || {
        let path = format!("/people/{}/merge_preview?merged_id={}", id("id"), id("other"));
        async move { client::get::<MergePreview>(actor, &path).await }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back">
                <A href=move || format!("/people/{}/duplicates", id("id"))>{t!(i18n, merges.back)}</A>
            </p>
            <PageHeading text=words(|locale| td_string!(locale, merges.compare_title)) />
            <AsyncView resource=preview let:seen>
                <Compared preview=seen />
            </AsyncView>
        </main>
    }
}

#[component]
fn Compared(preview: MergePreview) -> impl IntoView {
    let MergePreview { survivor, merged, suggested_survivor, differs, grounds, facts, log_in, obstacles } = preview;
    let (kept, ended) = (survivor.id, merged.id);
    let may_propose = obstacles.is_empty();
    view! {
        <Obstacles obstacles />
        <Card title=words(|locale| td_string!(locale, merges.both))>
            <Both survivor merged differs />
            <Swap is_suggested=suggested_survivor == kept to=format!("/people/{ended}/merge/{kept}") />
        </Card>
        <FactsCard facts log_in />
        {may_propose.then(|| view! { <ProposeCard survivor=kept merged=ended grounds /> })}
    }
}

/// Each reason why they cannot become one yet.
#[component]
fn Obstacles(obstacles: Vec<MergeObstacle>) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |obstacle: MergeObstacle| view! { <li>{move || obstacle_text(i18n.get_locale(), obstacle)}</li> };
    (!obstacles.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Stop>
                <b>{t!(i18n, merges.cannot)}</b>
                <ul>{obstacles.into_iter().map(line).collect_view()}</ul>
            </Notice>
        }
    })
}

/// Which of the two should stay, and the way to have it the other way round.
#[component]
fn Swap(is_suggested: bool, to: String) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || match is_suggested {
        true => t_string!(i18n, merges.suggested),
        false => t_string!(i18n, merges.not_suggested),
    };
    view! {
        <div class="row spread">
            <p class="muted">{text}</p>
            <ButtonLink href=to>{t!(i18n, merges.swap)}</ButtonLink>
        </div>
    }
}

/// One line of the comparison.
#[derive(Clone)]
struct Line {
    name: Signal<String>,
    kept: Signal<String>,
    ended: Signal<String>,
    differs: bool,
}

#[component]
fn Both(survivor: PersonView, merged: PersonView, differs: Vec<PersonField>) -> impl IntoView {
    let i18n = use_i18n();
    let names = Names::new(expect_context::<Actor>());
    let values = |person: &PersonView| {
        let place = |code: &str| names.of(code);
        let PersonView { name, sex, birth_year, phone_masked, .. } = person.clone();
        let unknown = move |text: Option<String>| text.unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned());
        let born = move |locale: Locale| birth_year.map(|year| td_string!(locale, merges.birth_year, year = year));
        [
            (PersonField::Name, Signal::stored(name)),
            (
                PersonField::Sex,
                Signal::derive(move || unknown(sex.map(|sex| sex_name(i18n.get_locale(), sex).to_owned()))),
            ),
            (PersonField::BirthDate, Signal::derive(move || unknown(born(i18n.get_locale())))),
            (PersonField::Phone, Signal::derive(move || unknown(phone_masked.clone()))),
            (PersonField::Household, place(&person.household_division)),
            (PersonField::Residence, place(&person.residence_division)),
            (PersonField::Place, place(&person.division)),
        ]
    };
    let document = Line {
        name: words(|locale| td_string!(locale, people.document)),
        kept: document_of(&survivor),
        ended: document_of(&merged),
        differs: true,
    };
    let lines = values(&survivor).into_iter().zip(values(&merged)).map(|((field, kept), (_, ended))| Line {
        name: Signal::derive(move || field_name(i18n.get_locale(), field).to_owned()),
        kept,
        ended,
        differs: differs.contains(&field),
    });
    let lines: Vec<Line> = std::iter::once(document).chain(lines).collect();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, merges.item))),
        Column::text(words(|locale| td_string!(locale, merges.kept))),
        Column::text(words(|locale| td_string!(locale, merges.ended))),
        Column::text(words(|locale| td_string!(locale, merges.same_or_not))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, merges.both_table))
            columns
            rows=Signal::stored(lines.into_iter().enumerate().collect::<Vec<_>>())
            key=|(at, _)| *at
            row
        />
    }
}

/// The document that names a person.
fn document_of(person: &PersonView) -> Signal<String> {
    let i18n = use_i18n();
    let document = person.documents.first().map(|document| (document.kind, document.number_masked.clone()));
    Signal::derive(move || {
        let said = document.as_ref().map(|(kind, number)| format!("{} {number}", kind_name(i18n.get_locale(), *kind)));
        said.unwrap_or_default()
    })
}

fn row((_, line): (usize, Line)) -> impl IntoView {
    let i18n = use_i18n();
    let same_or_not = match line.differs {
        true => view! { <Tag tone=Tone::Wait>{t!(i18n, merges.differs)}</Tag> }.into_any(),
        false => t!(i18n, merges.is_same).into_any(),
    };
    view! {
        <th scope="row">{move || line.name.get()}</th>
        <td class="num">{move || line.kept.get()}</td>
        <td class="num">{move || line.ended.get()}</td>
        <td>{same_or_not}</td>
    }
}

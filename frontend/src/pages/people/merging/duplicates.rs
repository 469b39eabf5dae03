//! Who may be the same human as somebody, and the way to compare both.

use super::{across::AskAcross, words::field_name};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            document::{DocumentDraft, DocumentFields, Pointers},
            names::Names,
            words::kind_name,
        },
    },
    platform::{actor::Actor, client},
    ui::{AsyncView, ButtonLink, Card, Column, Look, PageHeading, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::people::{PersonView, PossibleDuplicate};

lazy_page! {
    /// The page.
    DuplicatesPage = Duplicates in school;
}

/// The person whose other records are looked for.
#[derive(Clone, Copy)]
struct Of(Memo<String>);

#[component]
fn Duplicates() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let person = LocalResource::new(move || {
        let path = format!("/people/{}", id.get());
        async move { client::get::<PersonView>(actor, &path).await }
    });
    let alike = LocalResource::new(move || {
        let path = format!("/people/{}/duplicates", id.get());
        async move { client::get::<Vec<PossibleDuplicate>>(actor, &path).await }
    });
    let name = move || person.get().and_then(Result::ok).map(|person| person.name).unwrap_or_default();
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=move || format!("/people/{}", id.get())>{name}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, merges.find_title)) />
            <Provider value=Of(id)>
                <Card title=words(|locale| td_string!(locale, merges.alike))>
                    <AsyncView resource=alike let:found>
                        <Alike found />
                    </AsyncView>
                </Card>
                <Find />
            </Provider>
            <p class="muted small">{t!(i18n, merges.lead)}</p>
        </main>
    }
}

#[component]
fn Alike(found: Vec<PossibleDuplicate>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, people.document))),
        Column::text(words(|locale| td_string!(locale, people.birth_year))),
        Column::text(words(|locale| td_string!(locale, people.kept_at))),
        Column::text(words(|locale| td_string!(locale, merges.same))),
        Column::text(words(|locale| td_string!(locale, merges.act))),
    ]);
    view! {
        <Provider value=Names::new(actor)>
            <Table
                caption=words(|locale| td_string!(locale, merges.alike_table))
                columns=columns.get_value()
                rows=Signal::stored(found)
                key=|found| found.person.id
                row
                empty=words(|locale| td_string!(locale, merges.alike_none))
            />
        </Provider>
    }
}

fn row(found: PossibleDuplicate) -> impl IntoView {
    let i18n = use_i18n();
    let (names, Of(id)) = (expect_context::<Names>(), expect_context::<Of>());
    let PossibleDuplicate { person, same } = found;
    let document = person.documents.into_iter().next().map(|document| (document.kind, document.number_masked));
    let document = move || {
        let (kind, number) = document.clone()?;
        Some(format!("{} {number}", kind_name(i18n.get_locale(), kind)))
    };
    let same = move || {
        let locale = i18n.get_locale();
        let fields = same.iter().map(|field| field_name(locale, *field)).collect::<Vec<_>>();
        fields.join(td_string!(locale, common.list_comma))
    };
    let place = names.of(&person.division);
    view! {
        <th scope="row">{person.name}</th>
        <td class="num">{document}</td>
        <td class="num">{person.birth_year}</td>
        <td>{move || place.get()}</td>
        <td>{same}</td>
        <td>
            <ButtonLink href=format!("/people/{}/merge/{}", id.get_untracked(), person.id)>
                {t!(i18n, merges.compare)}
            </ButtonLink>
        </td>
    }
}

/// Leads to the comparison with the holder of a document.
#[component]
fn Find() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, Of(id)) = (expect_context::<Actor>(), expect_context::<Of>());
    let navigate = use_navigate();
    let draft = DocumentDraft::new();
    let checked = Checked::new(move || draft.wrong(""));
    let send = Callback::new(move |()| {
        let Some(document) = untrack(|| draft.stated()) else { return };
        let navigate = navigate.clone();
        let finding = async move { client::post(actor, "/people/find", &document).await };
        checked.deed.run(finding, move |found: PersonView| {
            navigate(&format!("/people/{}/merge/{}", id.get_untracked(), found.id), Default::default());
        });
    });
    view! {
        <Card title=words(|locale| td_string!(locale, merges.by_document))>
            <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, merges.find)) send>
                <div class="row search">
                    <DocumentFields draft checked pointers=Pointers::WHOLE />
                </div>
            </CheckedForm>
            <p class="muted small">{t!(i18n, merges.across_lead)}</p>
            <AskAcross of=id document=draft />
        </Card>
    }
}

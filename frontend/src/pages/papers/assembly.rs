//! What was drawn: the forms side by side, what they have of each field, and the way to papers.

mod compare;
mod disclosure;
mod exchange;
mod form_card;

use super::{
    parts::{Chosen, Parts, PartsForm},
    words::contradiction_text,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{AsyncView, Button, ButtonLink, Card, DeedFailure, Look, Notice, PageHeading, Toasts, Tone},
};
use compare::Compare;
use disclosure::Disclosure;
use form_card::FormCard;
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{
    ids::{AssemblyId, ItemId},
    papers::{AssemblyView, Blueprint, Form, FormItem, FormPaper, PaperItem, PapersOfForms, Substitute},
};
use std::collections::HashMap;

lazy_page! {
    /// The page.
    AssemblyPage = Assembly in office;
}

/// The forms under somebody's hands.
#[derive(Clone, Copy)]
struct Drawn {
    id: AssemblyId,
    blueprint: StoredValue<Blueprint>,
    forms: RwSignal<Vec<Form>>,
    /// What becomes the title of each paper.
    names: StoredValue<Vec<RwSignal<String>>>,
    titles: StoredValue<HashMap<ItemId, String>>,
    /// For each item that somebody put there, the one that was drawn in its place.
    origins: StoredValue<HashMap<ItemId, ItemId>>,
    /// What is said of the parts of the papers.
    parts: Parts,
}

impl Drawn {
    fn of(view: &AssemblyView, title_of: impl Fn(usize) -> String) -> Self {
        let titles = view.titles.iter().map(|title| (title.item_id, title.title.clone()));
        let names = (0..view.forms.len()).map(|at| RwSignal::new(title_of(at)));
        Self {
            id: view.id,
            blueprint: StoredValue::new(view.draft.blueprint.clone()),
            forms: RwSignal::new(view.forms.clone()),
            names: StoredValue::new(names.collect()),
            titles: StoredValue::new(titles.collect()),
            origins: StoredValue::new(HashMap::new()),
            parts: Parts::new(),
        }
    }

    /// The first words of an item.
    fn title(self, id: ItemId) -> String {
        self.titles.with_value(|titles| titles.get(&id).cloned().unwrap_or_default())
    }

    /// The item that was drawn where this one stands.
    fn origin(self, id: ItemId) -> ItemId {
        self.origins.with_value(|origins| origins.get(&id).copied().unwrap_or(id))
    }

    /// Whether any form holds an item.
    fn holds(self, id: ItemId) -> bool {
        self.forms.with_untracked(|forms| forms.iter().flat_map(Form::all_items).any(|item| item.item.item_id == id))
    }

    /// Puts another item in the place of one.
    fn put(self, at: usize, old: ItemId, new: Substitute) {
        let origin = self.origin(old);
        self.origins.update_value(|origins| {
            origins.insert(new.item.item_id, origin);
        });
        self.titles.update_value(|titles| {
            titles.insert(new.item.item_id, new.title);
        });
        self.forms.update(|forms| {
            let form = forms.get_mut(at).into_iter();
            let items = form.flat_map(|form| form.items.iter_mut().chain(&mut form.trials));
            for item in items.filter(|item| item.item.item_id == old) {
                item.item = new.item.clone();
            }
        });
    }

    /// What is to become of the forms.
    fn papers(self, locale: Locale) -> PapersOfForms {
        let chosen = |item: &FormItem| Chosen {
            kind: item.item.cell.kind,
            item: PaperItem { item_id: item.item.item_id, points: item.points, is_trial: item.item.is_trial },
            stays: false,
        };
        let names = self.names.get_value();
        let paper = |(name, form): (RwSignal<String>, Form)| {
            let items: Vec<_> = form.placed().into_iter().map(chosen).collect();
            let (items, sections) = self.parts.arranged(locale, &items);
            FormPaper { title: name.get(), items, sections }
        };
        PapersOfForms { forms: names.into_iter().zip(self.forms.get()).map(paper).collect() }
    }
}

/// What a form is called.
fn form_name(locale: Locale, at: usize, blueprint: &Blueprint) -> String {
    if blueprint.has_spare && at == usize::from(blueprint.forms) {
        td_string!(locale, papers.spare_name).to_owned()
    } else {
        td_string!(locale, papers.form_name, number = at + 1)
    }
}

#[component]
fn Assembly() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let drawn = LocalResource::new(move || {
        let path = format!("/assemblies/{id}");
        async move { client::get::<AssemblyView>(actor, &path).await }
    });
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, papers.assembly_title)) />
            <AsyncView resource=drawn let:drawn><Shown drawn /></AsyncView>
        </main>
    }
}

#[component]
fn Shown(drawn: AssemblyView) -> impl IntoView {
    let i18n = use_i18n();
    let forms = if !drawn.papers.is_empty() {
        let (id, disclosed_at) = (drawn.id, drawn.disclosed_at);
        view! {
            <PapersMade />
            {drawn.commitment.is_some().then(|| view! { <Disclosure id disclosed_at /> })}
        }
        .into_any()
    } else if drawn.forms.is_empty() {
        view! { <NoForms drawn=drawn.clone() /> }.into_any()
    } else {
        view! { <Forms seen=drawn.clone() /> }.into_any()
    };
    let (title, version) = (drawn.draft.title, drawn.blueprint_version);
    view! {
        <p class="way-back">
            <A href=format!("/blueprints/{}", drawn.blueprint_id)>{t!(i18n, papers.blueprint_back)}</A>
        </p>
        <p>{t!(i18n, papers.assembly_from, title = title, version = version)}</p>
        <dl class="facts">
            <div><dt>{t!(i18n, papers.seed)}</dt><dd class="num">{drawn.seed}</dd></div>
            <div><dt>{t!(i18n, papers.algorithm)}</dt><dd class="num">{drawn.algorithm}</dd></div>
            <div class="whole">
                <dt>{t!(i18n, papers.bank_hash)}</dt><dd class="num small">{drawn.bank_sha256}</dd>
            </div>
            {drawn.commitment.map(|commitment| view! {
                <div class="whole">
                    <dt>{t!(i18n, papers.draw_commitment)}</dt><dd class="num small">{commitment}</dd>
                </div>
            })}
        </dl>
        {forms}
    }
}

/// Papers were made of the forms: what stands in them is told no more.
#[component]
fn PapersMade() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice tone=Tone::Ok>
            <p>{t!(i18n, papers.papers_made_notice)}</p>
            <p>{t!(i18n, papers.papers_made_hidden)}</p>
            <ButtonLink href="/papers">{t!(i18n, papers.to_papers)}</ButtonLink>
        </Notice>
    }
}

/// Why there are none.
#[component]
fn NoForms(drawn: AssemblyView) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |found| view! { <li>{move || contradiction_text(i18n.get_locale(), &found)}</li> };
    view! {
        <Notice tone=Tone::Stop>
            <p>{t!(i18n, papers.no_forms)}</p>
            {if drawn.is_proven {
                view! { <p>{t!(i18n, papers.no_forms_proven)}</p> }.into_any()
            } else {
                view! { <p>{t!(i18n, papers.no_forms_bound)}</p> }.into_any()
            }}
            <ul>{drawn.because.into_iter().map(line).collect_view()}</ul>
        </Notice>
    }
}

#[component]
fn Forms(seen: AssemblyView) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let blueprint = &seen.draft.blueprint;
    let drawn = Drawn::of(&seen, |at| format!("{} {}", seen.draft.title, form_name(locale, at, blueprint)));
    let cards = (0..seen.forms.len()).map(|at| view! { <FormCard drawn at /> }).collect_view();
    view! {
        <MakePapers drawn />
        <Compare drawn />
        {cards}
    }
}

/// The forms become papers.
#[component]
fn MakePapers(drawn: Drawn) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (navigate, key) = (use_navigate(), StoredValue::new(idempotency_key()));
    // Other papers are another request.
    Effect::watch(move || drawn.papers(i18n.get_locale()), move |_, _, _| key.set_value(idempotency_key()), false);
    let make = move |()| {
        let (papers, navigate) = (untrack(|| drawn.papers(i18n.get_locale())), navigate.clone());
        let path = format!("/assemblies/{}/papers", drawn.id);
        let making = async move { client::create::<_, AssemblyView>(actor, &path, &key.get_value(), &papers).await };
        deed.run(making, move |made| {
            toasts.done(t_string!(i18n, papers.papers_made, count = made.papers.len()));
            navigate("/papers", Default::default());
        });
    };
    let kinds_of =
        |forms: &Vec<Form>| forms.iter().flat_map(Form::all_items).map(|item| item.item.cell.kind).collect::<Vec<_>>();
    let kinds = Memo::new(move |_| drawn.forms.with(kinds_of));
    view! {
        <Card title=words(|locale| td_string!(locale, papers.make_papers))>
            <p class="muted">{t!(i18n, papers.make_papers_about)}</p>
            <PartsForm parts=drawn.parts kinds />
            <DeedFailure deed />
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=make>{t!(i18n, papers.make_papers)}</Button>
        </Card>
    }
}

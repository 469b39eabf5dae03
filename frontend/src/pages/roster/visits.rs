//! Whom the reader is to visit, and what they said. Works at the door, without a network.

mod call;
mod card;
mod form;
mod standing;
mod sync;
mod vault;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::actor::Actor,
    ui::{Dialog, EmptyState, Field, PageHeading, TextInput},
};
use call::Call;
use card::{PersonCard, Refused};
use form::VisitForm;
use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_navigate;
use standing::Standing;
use sync::Round;
use vault::{KeptPerson, KeptVisit};

lazy_page! {
    /// The page.
    MyVisitsPage = MyVisits in school;
}

/// What the page shows.
#[derive(Clone, Copy)]
struct Shown {
    /// Whom to visit; absent until the device's store was read.
    persons: RwSignal<Option<Vec<KeptPerson>>>,
    /// Visits that the server has not acknowledged.
    waiting: RwSignal<Vec<KeptVisit>>,
    /// How the server was found last.
    link: RwSignal<Link>,
    /// Whether the server is being asked.
    is_busy: RwSignal<bool>,
    /// Whether the page opens again without a network.
    has_app: RwSignal<bool>,
}

/// How the server was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// Not asked yet.
    Unknown,
    /// It answered.
    There,
    /// It was not reached.
    Away,
    /// It answered, and did not do it.
    Trouble,
    /// The browser keeps nothing.
    NoStore,
}

impl Shown {
    fn new() -> Self {
        Self {
            persons: RwSignal::new(None),
            waiting: RwSignal::new(Vec::new()),
            link: RwSignal::new(Link::Unknown),
            is_busy: RwSignal::new(false),
            has_app: RwSignal::new(false),
        }
    }

    /// Visits to one person that wait to be sent.
    fn waiting_for(self, person: &KeptPerson) -> Vec<KeptVisit> {
        self.waiting.with(|waiting| waiting.iter().filter(|kept| kept.sent.entry_id == person.id).cloned().collect())
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Around {
    shown: Shown,
    round: StoredValue<Round, LocalStorage>,
    /// The person whose visit is being written.
    visited: RwSignal<Option<KeptPerson>>,
    is_writing: RwSignal<bool>,
    /// The person who is called.
    called: RwSignal<Option<KeptPerson>>,
    is_calling: RwSignal<bool>,
}

#[component]
fn MyVisits() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (shown, navigate) = (Shown::new(), use_navigate());
    let to_log_in = move || navigate("/login?next=/visits", Default::default());
    let round = StoredValue::new_local(Round::new(actor, shown, to_log_in));
    round.with_value(Round::begin);
    on_cleanup(move || round.with_value(Round::leave));
    let around = Around {
        shown,
        round,
        visited: RwSignal::new(None),
        is_writing: RwSignal::new(false),
        called: RwSignal::new(None),
        is_calling: RwSignal::new(false),
    };
    let searched = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = searched.get();
        let persons = shown.persons.get().unwrap_or_default();
        persons.into_iter().filter(|person| person.matches(wanted.trim())).collect::<Vec<_>>()
    });
    let has_any = Memo::new(move |_| shown.persons.with(|persons| persons.as_ref().map(|persons| !persons.is_empty())));
    let none = move || match (has_any.get(), shown.link.get()) {
        (Some(true), _) => t_string!(i18n, roster.visits_none_found).to_owned(),
        (_, Link::Away) => t_string!(i18n, roster.visits_none_kept).to_owned(),
        _ => t_string!(i18n, roster.visits_none).to_owned(),
    };
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, roster.visits_title)) />
            <Provider value=around>
                <Standing />
                <Refused />
                <Show
                    when=move || has_any.get().is_some()
                    fallback=move || view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }
                >
                    <Show when=move || has_any.get() == Some(true)>
                        <Field id="search" label=words(|locale| td_string!(locale, roster.visits_search))>
                            <TextInput value=searched />
                        </Field>
                    </Show>
                    <Show
                        when=move || found.with(|found| !found.is_empty())
                        fallback=move || view! { <EmptyState text=Signal::derive(none) /> }
                    >
                        <ul class="doors">
                            <For each=move || found.get() key=|person| (person.id, person.version) let:person>
                                <li><PersonCard person /></li>
                            </For>
                        </ul>
                    </Show>
                </Show>
                <Dialog
                    is_open=around.is_writing
                    title=Signal::derive(move || {
                        let name = around.visited.get().map(|person| person.name).unwrap_or_default();
                        t_string!(i18n, roster.visit_of, name = name)
                    })
                >
                    {move || around.visited.get().map(|person| view! { <VisitForm person /> })}
                </Dialog>
                <Dialog
                    is_open=around.is_calling
                    title=Signal::derive(move || {
                        let name = around.called.get().map(|person| person.name).unwrap_or_default();
                        t_string!(i18n, roster.call_of, name = name)
                    })
                >
                    {move || around.called.get().map(|person| view! { <Call person /> })}
                </Dialog>
            </Provider>
        </main>
    }
}

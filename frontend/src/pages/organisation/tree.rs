//! The tree of divisions: one level a screen on a phone, parts beside contents where there is room.

use super::{
    division_deeds::DivisionDeeds,
    may,
    place_list::{Listed, PlaceList},
    words::words,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, ButtonLink, Card, Choices, Icon, PageHeading, Symbol},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    organisation::{Division, DivisionCode, DivisionLevel, DivisionRow, DivisionView, PlaceCounts},
    rights::{Place, Right},
};

lazy_page! {
    /// The page.
    OrganisationPage = Organisation in school;
}

/// One screen of the tree.
#[derive(Clone, Debug)]
struct Screen {
    /// Where one is; nowhere in particular for somebody who has several places.
    here: Option<DivisionView>,
    /// The divisions below.
    parts: Vec<DivisionRow>,
}

impl Screen {
    /// The screen of a division, or the one that the reader begins with.
    async fn fetch(actor: Actor, code: Option<String>) -> Outcome<Self> {
        let code = match code {
            Some(code) => code,
            None => {
                let roots: Vec<DivisionRow> = client::get(actor, "/divisions").await?;
                match roots.as_slice() {
                    [root] => root.division.code.clone(),
                    _ => return Ok(Self { here: None, parts: roots }),
                }
            }
        };
        let here = client::get(actor, &format!("/divisions/{code}")).await?;
        let parts = client::get(actor, &format!("/divisions?parent={code}")).await?;
        Ok(Self { here: Some(here), parts })
    }
}

#[component]
fn Organisation() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")));
    let screen = LocalResource::new(move || Screen::fetch(actor, code.get()));
    let title = Signal::derive(move || match screen.get() {
        Some(Ok(Screen { here: Some(here), .. })) => here.division.name,
        _ => t_string!(i18n, organisation.title).to_owned(),
    });
    let reload = Callback::new(move |()| screen.refetch());
    let trail = move || match screen.get() {
        Some(Ok(Screen { here: Some(here), .. })) => Some(view! { <Trail above=here.above /> }),
        _ => None,
    };
    view! {
        <main class="page wide stack">
            {trail}
            <PageHeading text=title />
            <AsyncView resource=screen let:screen>
                <div class="tree">
                    {(!screen.parts.is_empty()).then(|| view! { <Parts parts=screen.parts /> })}
                    {screen.here.map(|here| view! {
                        <div class="stack">
                            <Contents here=here.clone() />
                            <DivisionDeeds here reload />
                        </div>
                    })}
                </div>
            </AsyncView>
        </main>
    }
}

/// The way from the province to here. What lies above the reader's place is named and leads nowhere.
#[component]
fn Trail(above: Vec<Division>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let step = move |division: Division| {
        let leads = may(actor, Right::ReadOrganisation, &Place::division(&division.code));
        let name = division.name;
        if leads {
            view! { <li><A href=format!("/organisation/{}", division.code)>{name}</A></li> }.into_any()
        } else {
            view! { <li>{name}</li> }.into_any()
        }
    };
    view! {
        <nav class="trail" aria-label=move || t_string!(i18n, organisation.trail)>
            <ol>{above.into_iter().map(step).collect_view()}</ol>
        </nav>
    }
}

/// The divisions below, each with what is open in it.
#[component]
fn Parts(parts: Vec<DivisionRow>) -> impl IntoView {
    let part = |row: DivisionRow| {
        let (path, counts) = (format!("/organisation/{}", row.division.code), row.counts);
        let gone = row.abolished_on.map(|day| view! { <Gone day /> });
        view! {
            <li>
                <A href=path>
                    <span>{row.division.name}</span>
                    <span class="muted small"><Counts counts />{gone}</span>
                    <Icon symbol=Symbol::Forward />
                </A>
            </li>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, organisation.parts))>
            <ul class="ways parts">{parts.into_iter().map(part).collect_view()}</ul>
        </Card>
    }
}

/// Since when a division is no more.
#[component]
fn Gone(day: Date) -> impl IntoView {
    let i18n = use_i18n();
    move || t_string!(i18n, organisation.gone_since, day = when::day(i18n.get_locale(), day))
}

#[component]
fn Counts(counts: PlaceCounts) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let locale = i18n.get_locale();
        let there = Listed::ALL.into_iter().map(|listed| (listed.name(locale), listed.open(counts)));
        let there = there.filter(|(_, open)| *open > 0).map(|(name, open)| format!("{name} {open}"));
        there.collect::<Vec<_>>().join(" · ")
    }
}

/// What lies in a division, one kind at a time.
#[component]
fn Contents(here: DivisionView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let shown = RwSignal::new(Listed::Providers.noun().to_owned());
    let (code, counts, level) = (here.division.code.clone(), here.counts, here.division.level);
    let gone = here.abolished_on;
    let kinds = move || {
        let locale = i18n.get_locale();
        let kind =
            |listed: Listed| (listed.noun().to_owned(), format!("{} {}", listed.name(locale), listed.open(counts)));
        Listed::ALL.map(kind).to_vec()
    };
    let place = DivisionCode::parse(&code).map(|code| code.place());
    let may_enter = move |right| {
        let is_small = matches!(level, DivisionLevel::County | DivisionLevel::Township);
        is_small && gone.is_none() && place.as_ref().is_some_and(|place| may(actor, right, place))
    };
    let (may_provide, may_test) = (may_enter(Right::EditProvider), may_enter(Right::EditExamSite));
    let new = {
        let code = code.clone();
        move || {
            match shown.get().as_str() {
            "providers" if may_provide => Some(view! {
                <ButtonLink href=format!("/providers/new?division={code}")>{t!(i18n, organisation.new_provider)}</ButtonLink>
            }
            .into_any()),
            "exam_sites" if may_test => Some(view! {
                <ButtonLink href=format!("/exam_sites/new?division={code}")>{t!(i18n, organisation.new_exam_site)}</ButtonLink>
            }
            .into_any()),
            _ => None,
        }
        }
    };
    let list = move || {
        let listed = Listed::ALL.into_iter().find(|listed| listed.noun() == shown.get());
        listed.map(|listed| view! { <PlaceList listed limit=format!("division={code}") /> })
    };
    view! {
        <section class="stack" aria-label=move || t_string!(i18n, organisation.contents)>
            {gone.map(|day| view! { <p class="muted"><Gone day /></p> })}
            <Choices
                legend=words(|locale| td_string!(locale, organisation.contents))
                value=shown
                options=Signal::derive(kinds)
                on_choose=move |chosen| shown.set(chosen)
            />
            {new}
            {list}
        </section>
    }
}

//! Units as learners have them on a phone: as wide, in their order, read and answered. Nothing of it is a study record:
//! the server draws texts and exercises, and hears nothing of what is done with them.

use super::{draft::Place, trial::Fetched};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{learning::unit::footnotes, organisation::words::words},
    platform::{actor::Actor, client},
    ui::{AsyncView, Button, Choices, Dialog, Notice, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    item_bank::Item,
    learning::{Activity, ActivityBody, CourseContent, MarkdownSource, Module, RenderedMarkdown, Unit},
};

/// A sort of phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Device {
    /// An old one, the narrowest that learners have.
    Narrow,
    /// A usual one.
    #[default]
    Usual,
    /// A large one.
    Wide,
}

impl Device {
    const ALL: [Self; 3] = [Self::Narrow, Self::Usual, Self::Wide];

    /// Its class in the style sheet, which says how wide it is.
    const fn class(self) -> &'static str {
        match self {
            Self::Narrow => "narrow",
            Self::Usual => "usual",
            Self::Wide => "wide",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|device| device.class() == name).unwrap_or_default()
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Narrow => td_string!(locale, learning.phone_narrow),
            Self::Usual => td_string!(locale, learning.phone_usual),
            Self::Wide => td_string!(locale, learning.phone_wide),
        }
    }
}

/// The class of what is shown as in elder mode.
const ELDER: &str = "elder";
/// The class of what is shown as usual.
const PLAIN: &str = "plain";

/// A unit, and in which module it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stop {
    place: Place,
    module: String,
    unit: Unit,
}

/// Every unit of a course in the order in which it is studied.
fn stops(content: &CourseContent) -> Vec<Stop> {
    let of_module = |(module, of): (usize, &Module)| {
        let stop =
            |(at, unit): (usize, &Unit)| Stop { place: (module, at), module: of.title.clone(), unit: unit.clone() };
        of.units.iter().enumerate().map(stop).collect::<Vec<_>>()
    };
    content.modules.iter().enumerate().flat_map(of_module).collect()
}

/// The button that opens it.
#[component]
pub(super) fn OnPhone(
    /// The course, as it is written or under review.
    #[prop(into)]
    content: Signal<CourseContent>,
    /// The unit that is shown first; the first of all unless told.
    #[prop(into, optional)]
    first: Signal<Option<Place>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, learning.phone_look)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, learning.phone_look))>
            <Looking content first />
        </Dialog>
    }
}

/// The phone, and the way from unit to unit.
#[component]
fn Looking(content: Signal<CourseContent>, first: Signal<Option<Place>>) -> impl IntoView {
    let i18n = use_i18n();
    let stops = content.with_untracked(stops);
    let all = stops.len();
    if all == 0 {
        return view! { <Notice>{t!(i18n, learning.phone_none)}</Notice> }.into_any();
    }
    let wanted = first.get_untracked();
    let begin = stops.iter().position(|stop| Some(stop.place) == wanted).unwrap_or_default();
    let (at, device, text) = (RwSignal::new(begin), RwSignal::new(Device::default()), RwSignal::new(PLAIN));
    let stops = StoredValue::new(stops);
    let shown = move || {
        let stop = stops.with_value(|stops| stops.get(at.get()).cloned())?;
        Some(view! {
            <div
                class=move || format!("phone {} {}", device.get().class(), text.get())
                role="region"
                tabindex="0"
                aria-label=move || t_string!(i18n, learning.phone_screen)
            >
                <UnitOnPhone stop />
            </div>
        })
    };
    let step = move |to: usize| at.set(to.min(all - 1));
    let (has_before, has_after) = (move || at.get() > 0, move || at.get() + 1 < all);
    view! {
        <p class="muted small">{t!(i18n, learning.phone_about)}</p>
        <Choices
            legend=words(|locale| td_string!(locale, learning.phone_width))
            value=Signal::derive(move || device.get().class().to_owned())
            options=Signal::derive(move || {
                let option = |device: Device| (device.class().to_owned(), device.words(i18n.get_locale()).to_owned());
                Device::ALL.map(option).to_vec()
            })
            on_choose=move |name: String| device.set(Device::named(&name))
        />
        <Choices
            legend=words(|locale| td_string!(locale, learning.text_size))
            value=Signal::derive(move || text.get().to_owned())
            options=Signal::derive(move || {
                let plain = t_string!(i18n, learning.phone_text_plain).to_owned();
                let elder = t_string!(i18n, learning.phone_text_elder).to_owned();
                vec![(PLAIN.to_owned(), plain), (ELDER.to_owned(), elder)]
            })
            on_choose=move |name: String| text.set(if name == ELDER { ELDER } else { PLAIN })
        />
        {shown}
        <div class="row spread">
            <Show when=has_before>
                <Button on_press=move |()| step(at.get_untracked().saturating_sub(1))>
                    {t!(i18n, learning.phone_before)}
                </Button>
            </Show>
            <p class="muted small num" role="status">
                {move || t_string!(i18n, learning.phone_nth, number = at.get() + 1, all = all)}
            </p>
            <Show when=has_after>
                <Button on_press=move |()| step(at.get_untracked() + 1)>{t!(i18n, learning.phone_after)}</Button>
            </Show>
        </div>
    }
    .into_any()
}

/// The unit from its title to its last activity.
#[component]
fn UnitOnPhone(stop: Stop) -> impl IntoView {
    let i18n = use_i18n();
    let Stop { module, unit, .. } = stop;
    let Unit { title, minutes, body, exercises, activities, .. } = unit;
    let exercise = |(at, exercise): (usize, Item)| view! { <ExerciseOnPhone at exercise /> };
    let activity = |activity: Activity| view! { <ActivityOnPhone activity /> };
    view! {
        <div class="stack">
            <p class="muted small">{module}</p>
            <h3>{title}</h3>
            <p class="muted small num">{t!(i18n, learning.minutes, minutes = minutes)}</p>
            <Drawn markdown=body class="lesson prose" />
            {exercises.into_iter().enumerate().map(exercise).collect_view()}
            {activities.into_iter().map(activity).collect_view()}
        </div>
    }
}

/// A text, as the server draws it for learners.
#[component]
fn Drawn(
    /// The text.
    markdown: String,
    /// How it looks.
    class: &'static str,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let drawn = LocalResource::new(move || {
        let source = MarkdownSource { markdown: markdown.clone() };
        async move { client::post::<_, RenderedMarkdown>(actor, "/markdown_previews", &source).await }
    });
    view! {
        <AsyncView resource=drawn let:drawn>
            <article class=class on:click=|event| footnotes::follow(&event) inner_html=drawn.html></article>
        </AsyncView>
    }
}

/// An exercise, answered as often as one likes.
#[component]
fn ExerciseOnPhone(at: usize, exercise: Item) -> impl IntoView {
    let (i18n, number) = (use_i18n(), at + 1);
    view! {
        <div class="card stack">
            <p><b>{t!(i18n, learning.exercise, number = number)}</b></p>
            <Fetched at exercise />
        </div>
    }
}

/// What is done beside text and exercises. Nothing can be handed in here.
#[component]
fn ActivityOnPhone(activity: Activity) -> impl IntoView {
    let i18n = use_i18n();
    let Activity { title, is_required, body, .. } = activity;
    let (kind, about) = match body {
        ActivityBody::Assignment { task, .. } => {
            (t!(i18n, learning.assignments).into_any(), view! { <Drawn markdown=task class="prose" /> }.into_any())
        }
        ActivityBody::Discussion { prompt } => {
            (t!(i18n, learning.prompts).into_any(), view! { <p class="own-words">{prompt}</p> }.into_any())
        }
        ActivityBody::OfflineLesson { about, class_hours } => {
            let hours = t!(i18n, learning.offline_lesson_hours, hours = class_hours);
            let about = view! {
                <p class="own-words">{about}</p>
                <p class="muted small num">{hours}</p>
            };
            (t!(i18n, learning.offline_lessons).into_any(), about.into_any())
        }
        ActivityBody::External { link } => {
            let about = view! {
                <p class="own-words">{link.about}</p>
                <p class="muted small">{link.tool_title}</p>
            };
            (t!(i18n, learning.external).into_any(), about.into_any())
        }
    };
    view! {
        <div class="card stack">
            <p class="muted small">{kind}</p>
            <div class="row spread">
                <p><b>{title}</b></p>
                {is_required.then(|| view! { <Tag tone=Tone::Wait>{t!(i18n, learning.assignment_required)}</Tag> })}
            </div>
            {about}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::UnitId;
    use uuid::Uuid;

    fn unit(id: u128) -> Unit {
        let id = UnitId(Uuid::from_u128(id));
        Unit { id, title: String::new(), minutes: 15, body: String::new(), exercises: vec![], activities: vec![] }
    }

    #[test]
    fn units_come_in_the_order_in_which_they_are_studied() {
        let module = |title: &str, units| Module { title: title.to_owned(), units };
        let modules = vec![module("A", vec![unit(1), unit(2)]), module("B", vec![]), module("C", vec![unit(3)])];
        let content = CourseContent { modules, ..CourseContent::default() };
        let seen: Vec<_> = stops(&content).into_iter().map(|stop| (stop.place, stop.module, stop.unit.id)).collect();
        let id = |id| UnitId(Uuid::from_u128(id));
        let wanted = [((0, 0), "A", id(1)), ((0, 1), "A", id(2)), ((2, 0), "C", id(3))]
            .map(|(at, of, id)| (at, of.to_owned(), id));
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_phone_is_known_by_its_name() {
        assert!(Device::ALL.into_iter().all(|device| Device::named(device.class()) == device));
        assert_eq!(Device::named(""), Device::Usual);
    }
}

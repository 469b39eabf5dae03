//! Entering lessons: one, or the same each week.

use super::{
    super::words::{mode_name, template_name, weekday_name},
    clashes::ClashList,
    day_off::{DayOff, LeftOut},
    rooms::RoomField,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
        creation::CreationKey,
        when,
    },
    ui::{Choices, Dialog, Field, Select, TextInput, Toasts},
};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::{
    learning::{ClassPlan, ClassTeacher},
    problem::FieldError,
    teaching::{MeetingEntry, MeetingMode, MeetingSeries, MeetingView, SeriesDay, SeriesReply, SeriesTemplate},
    time::{Timestamp, read_date, write_date},
};

/// One lesson.
const ONCE: &str = "once";
/// The same each week.
const WEEKLY: &str = "weekly";

/// The instant of this hour on this day in China; absent if either cannot be read.
pub(in crate::pages::teaching) fn at(day: &str, hour: &str) -> Option<Timestamp> {
    when::from_input(&format!("{day}T{hour}"))
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    course: RwSignal<String>,
    topic: RwSignal<String>,
    day: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    teacher: RwSignal<String>,
    room: RwSignal<String>,
    mode: RwSignal<String>,
    template: RwSignal<String>,
    weekdays: RwSignal<Vec<SeriesDay>>,
    repeat: RwSignal<String>,
    until: RwSignal<String>,
}

/// What is sent.
enum Entry {
    One(MeetingEntry),
    Series(MeetingSeries),
}

impl Draft {
    fn new(plan: &ClassPlan) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let course = match plan.courses.as_slice() {
            [only] => only.course_id.to_string(),
            _ => String::new(),
        };
        let tutor = plan.class.tutor_id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            course: text(&course),
            topic: text(""),
            day: text(&write_date(clock::now().date_in_china())),
            from: text("18:30"),
            to: text("20:00"),
            teacher: text(&tutor),
            room: text(""),
            mode: text(""),
            template: text(""),
            weekdays: RwSignal::new(Vec::new()),
            repeat: text(ONCE),
            until: text(&plan.ends_on.map(write_date).unwrap_or_default()),
        }
    }

    fn is_weekly(self) -> bool {
        self.repeat.with(|repeat| repeat == WEEKLY)
    }

    fn first(self) -> Option<MeetingEntry> {
        Some(MeetingEntry {
            course_id: self.course.get().parse().ok()?,
            topic: self.topic.get().trim().to_owned(),
            teacher_id: self.teacher.get().parse().ok(),
            room_id: self.room.get().parse().ok(),
            mode: MeetingMode::parse(&self.mode.get()),
            starts_at: at(&self.day.get(), &self.from.get())?,
            ends_at: at(&self.day.get(), &self.to.get())?,
        })
    }

    /// The day of one lesson.
    fn only_day(self) -> Option<Date> {
        if self.is_weekly() { None } else { read_date(&self.day.get()) }
    }

    fn series(self) -> Option<MeetingSeries> {
        match self.entry() {
            Some(Entry::Series(series)) => Some(series),
            _ => None,
        }
    }

    fn entry(self) -> Option<Entry> {
        let first = self.first()?;
        if self.is_weekly() {
            let until = read_date(&self.until.get())?;
            Some(Entry::Series(MeetingSeries {
                first,
                until,
                weekdays: self.weekdays.get(),
                meets_on_worked_days: false,
            }))
        } else {
            Some(Entry::One(first))
        }
    }

    /// Fills in a usual series; without one it is a series of one day a week.
    fn take(self, template: &str) {
        let Some(template) = SeriesTemplate::parse(template) else { return self.weekdays.set(Vec::new()) };
        let (from, to) = template.hours();
        self.from.set(from.to_owned());
        self.to.set(to.to_owned());
        self.weekdays.set(template.days().to_vec());
        self.repeat.set(WEEKLY.to_owned());
    }

    fn meet_on(self, day: SeriesDay, is_met: bool) {
        self.weekdays.update(|days| {
            days.retain(|other| *other != day);
            if is_met {
                days.push(day);
            }
        });
    }

    /// What is wrong with it. The pointers are those of one lesson.
    fn wrong(self) -> Vec<FieldError> {
        let missing = |is_missing: bool, pointer| is_missing.then(|| FieldError::new(pointer, "required"));
        let (day, from, to) = (self.day.get(), self.from.get(), self.to.get());
        let checks = [
            missing(self.course.with(String::is_empty), "/course_id"),
            missing(read_date(&day).is_none(), "/day"),
            missing(at("2026-01-01", &from).is_none(), "/starts_at"),
            missing(at("2026-01-01", &to).is_none(), "/ends_at"),
            missing(self.is_weekly() && read_date(&self.until.get()).is_none(), "/until"),
        ];
        let mut wrong: Vec<_> = checks.into_iter().flatten().collect();
        match self.entry() {
            Some(Entry::One(one)) => wrong.extend(one.check()),
            Some(Entry::Series(series)) => wrong.extend(series.check().into_iter().map(without_first)),
            None => {}
        }
        wrong
    }
}

/// A series has its lesson below `/first`; the form has it at the top.
fn without_first(error: FieldError) -> FieldError {
    let pointer = error.pointer.strip_prefix("/first").unwrap_or(&error.pointer).to_owned();
    FieldError { pointer, ..error }
}

/// The dialog. `entered` gets the day of the first lesson.
#[component]
pub(super) fn MeetingDialog(plan: ClassPlan, is_open: RwSignal<bool>, entered: Callback<Date>) -> impl IntoView {
    view! {
        <Dialog is_open title=words(|locale| td_string!(locale, classes.add_meeting))>
            <Form plan=plan.clone() is_open entered />
        </Dialog>
    }
}

/// How many lessons were entered, and how many days were left out.
async fn enter(actor: Actor, class: String, key: String, entry: Entry) -> Outcome<(usize, usize)> {
    match entry {
        Entry::One(one) => {
            let path = format!("/classes/{class}/meetings");
            client::create::<_, MeetingView>(actor, &path, &key, &one).await.map(|_| (1, 0))
        }
        Entry::Series(series) => {
            let path = format!("/classes/{class}/meeting_series");
            let reply: SeriesReply = client::create(actor, &path, &key, &series).await?;
            Ok((reply.meetings.len(), reply.skipped.len()))
        }
    }
}

#[component]
fn Form(plan: ClassPlan, is_open: RwSignal<bool>, entered: Callback<Date>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new(&plan);
    let (checked, key) = (Checked::new(move || draft.wrong()), CreationKey::new());
    let class = plan.class.id.to_string();
    let send = Callback::new(move |()| {
        let (entry, day) = untrack(|| (draft.entry(), read_date(&draft.day.get())));
        let (Some(entry), Some(day)) = (entry, day) else { return };
        let class = class.clone();
        let entering = key.create(move |key| enter(actor, class, key, entry));
        checked.deed.run(entering, move |(count, skipped)| {
            is_open.set(false);
            toasts.done(match skipped {
                0 => t_string!(i18n, classes.meetings_added, count = count),
                skipped => t_string!(i18n, classes.meetings_skipped, count = count, skipped = skipped),
            });
            entered.run(day);
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.add_meeting_do)) send>
            <What draft plan=plan.clone() checked />
            <When draft checked />
            <Who plan=plan.clone() teacher=draft.teacher error=checked.error("/teacher_id") />
            <Mode draft />
            <RoomField point=plan.teaching_point_id value=draft.room error=checked.error("/room_id") />
            <ClashList deed=checked.deed />
        </CheckedForm>
    }
}

/// Course and topic.
#[component]
fn What(draft: Draft, plan: ClassPlan, checked: Checked) -> impl IntoView {
    let courses: Vec<_> = plan.courses.into_iter().map(|course| (course.course_id.to_string(), course.title)).collect();
    view! {
        <Field id="course" label=words(|locale| td_string!(locale, classes.course)) error=checked.error("/course_id")>
            <Select value=draft.course options=Signal::stored(courses) />
        </Field>
        <Field
            id="topic"
            label=words(|locale| td_string!(locale, classes.topic))
            hint=words(|locale: Locale| td_string!(locale, classes.topic_hint))
            error=checked.error("/topic")
        >
            <TextInput value=draft.topic />
        </Field>
    }
}

/// Day, hours, and how often.
#[component]
fn When(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let is_weekly = Memo::new(move |_| draft.is_weekly());
    let templates = move || {
        let option = |template: &SeriesTemplate| {
            (template.as_str().to_owned(), template_name(i18n.get_locale(), *template).to_owned())
        };
        SeriesTemplate::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let chosen = draft.template;
    Effect::watch(move || chosen.get(), move |template, _, _| draft.take(template), false);
    let repeats = move || {
        vec![
            (ONCE.to_owned(), t_string!(i18n, classes.once).to_owned()),
            (WEEKLY.to_owned(), t_string!(i18n, classes.weekly).to_owned()),
        ]
    };
    view! {
        <Field id="template" label=words(|locale| td_string!(locale, classes.template))>
            <Select value=chosen options=Signal::derive(templates) empty=words(|locale| td_string!(locale, classes.no_template)) />
        </Field>
        <Field id="day" label=words(|locale| td_string!(locale, classes.day)) error=checked.error("/day")>
            <TextInput value=draft.day kind="date" />
        </Field>
        <Times from=draft.from to=draft.to checked />
        <Choices
            legend=words(|locale| td_string!(locale, classes.repeat))
            value=draft.repeat
            options=Signal::derive(repeats)
            on_choose=move |chosen| draft.repeat.set(chosen)
        />
        <Show when=move || is_weekly.get()>
            <Weekdays draft />
            <p class="muted small">{t!(i18n, classes.weekly_about)}</p>
            <Field id="until" label=words(|locale| td_string!(locale, classes.until)) error=checked.error("/until")>
                <TextInput value=draft.until kind="date" />
            </Field>
        </Show>
        <DayOff day=Signal::derive(move || draft.only_day()) />
        <LeftOut series=Signal::derive(move || draft.series()) />
    }
}

/// On which days of the week a series meets; none chosen means the day of the first lesson.
#[component]
fn Weekdays(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let legend = words(|locale| td_string!(locale, classes.weekdays));
    let day = move |day: &SeriesDay| {
        let day = *day;
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || draft.weekdays.with(|days| days.contains(&day))
                    on:change:target=move |event| draft.meet_on(day, event.target().checked())
                />
                <span>{move || weekday_name(i18n.get_locale(), day.weekday())}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{move || legend.get()}</legend>
            <div class="row">{SeriesDay::ALL.iter().map(day).collect_view()}</div>
        </fieldset>
    }
}

/// How the lesson is held.
#[component]
fn Mode(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let modes = move || {
        let option = |mode: &MeetingMode| (mode.as_str().to_owned(), mode_name(i18n.get_locale(), *mode).to_owned());
        MeetingMode::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field id="mode" label=words(|locale| td_string!(locale, classes.mode))>
            <Select value=draft.mode options=Signal::derive(modes) empty=words(|locale| td_string!(locale, classes.mode_usual)) />
        </Field>
    }
}

/// From when until when, on one day.
#[component]
pub(in crate::pages::teaching) fn Times(
    from: RwSignal<String>,
    to: RwSignal<String>,
    checked: Checked,
) -> impl IntoView {
    view! {
        <div class="row search">
            <Field id="from" label=words(|locale| td_string!(locale, classes.from)) error=checked.error("/starts_at")>
                <TextInput value=from kind="time" />
            </Field>
            <Field id="to" label=words(|locale| td_string!(locale, classes.to)) error=checked.error("/ends_at")>
                <TextInput value=to kind="time" />
            </Field>
        </div>
    }
}

/// Who teaches.
#[component]
pub(in crate::pages::teaching) fn Who(
    plan: ClassPlan,
    teacher: RwSignal<String>,
    error: Signal<String>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let provider = plan.class.provider_id;
    let teachers: LocalResource<Outcome<Vec<ClassTeacher>>> = LocalResource::new(move || async move {
        client::get(actor, &format!("/class_teachers?provider_id={provider}")).await
    });
    let options = Signal::derive(move || {
        let teachers = teachers.get().and_then(Result::ok).unwrap_or_default();
        teachers.into_iter().map(|teacher| (teacher.account_id.to_string(), teacher.display_name)).collect::<Vec<_>>()
    });
    view! {
        <Field id="teacher" label=words(|locale| td_string!(locale, classes.teacher)) error>
            <Select value=teacher options />
        </Field>
    }
}

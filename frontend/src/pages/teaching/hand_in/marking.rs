//! The marking: points for each criterion and a remark, or the way back to the learner.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, people::words::wrong_text},
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, Card, DeedFailure, Field, Look, TextArea, TextInput, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use shared::{
    ids::HandInId,
    learning::{Criterion, HandInDecision, HandInMark, HandInSheet, MAX_CRITERIA},
    points::Points,
    problem::FieldError,
};

/// The fields of the criteria.
const POINTS_FIELDS: [&str; MAX_CRITERIA] = [
    "points_0", "points_1", "points_2", "points_3", "points_4", "points_5", "points_6", "points_7", "points_8",
    "points_9",
];
/// No points at all: what is written cannot be read.
const UNREADABLE: Points = Points(-1);

/// What is written, and what is wrong with it.
#[derive(Clone, Copy)]
struct Sheet {
    points: [RwSignal<String>; MAX_CRITERIA],
    remark: RwSignal<String>,
    most: StoredValue<Vec<Points>>,
    wrong: RwSignal<Vec<FieldError>>,
}

impl Sheet {
    fn new(rubric: &[Criterion]) -> Self {
        Self {
            points: std::array::from_fn(|_| RwSignal::new(String::new())),
            remark: RwSignal::new(String::new()),
            most: StoredValue::new(rubric.iter().map(|criterion| criterion.points).collect()),
            wrong: RwSignal::new(Vec::new()),
        }
    }

    /// The points as far as they are written.
    fn written(self) -> Vec<Points> {
        let all = self.points.iter().take(self.most.with_value(Vec::len));
        all.map(|text| text.with(|text| Points::parse(text.trim()).unwrap_or(UNREADABLE))).collect()
    }

    fn mark(self) -> HandInMark {
        let (decision, points) = (HandInDecision::Mark, untrack(|| self.written()));
        HandInMark { decision, points, remark: self.remark.get_untracked() }
    }

    fn give_back(self) -> HandInMark {
        let (decision, points) = (HandInDecision::Return, Vec::new());
        HandInMark { decision, points, remark: self.remark.get_untracked() }
    }

    /// Whether a decision is whole; what is wrong is marked.
    fn passes(self, decided: &HandInMark) -> bool {
        let wrong = self.most.with_value(|most| decided.check(most)).err().unwrap_or_default();
        let is_whole = wrong.is_empty();
        self.wrong.set(wrong);
        if !is_whole {
            focus_first_wrong();
        }
        is_whole
    }

    fn is_wrong(self, pointer: &str) -> bool {
        self.wrong.with(|wrong| wrong.iter().any(|error| error.pointer == pointer))
    }
}

/// The key of a decision: that of the last one if it is the same, for what was not answered is sent again as the same
/// request.
fn key_of(decided: &HandInMark, last: StoredValue<Option<(HandInMark, String)>>) -> String {
    let known = last.get_value().filter(|(sent, _)| sent == decided);
    let key = known.map_or_else(idempotency_key, |(_, key)| key);
    last.set_value(Some((decided.clone(), key.clone())));
    key
}

/// The card.
#[component]
pub(super) fn Marking(
    /// The hand-in.
    id: HandInId,
    /// By what it is marked.
    rubric: Vec<Criterion>,
    /// Whether it may be returned.
    may_return: bool,
    /// Shows it anew.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let sheet = Sheet::new(&rubric);
    let last = StoredValue::new(None);
    let decide = move |decided: HandInMark, done: &'static str| {
        if !sheet.passes(&decided) {
            return;
        }
        let (path, key) = (format!("/hand_ins/{id}/mark"), key_of(&decided, last));
        let sending = async move { client::create(actor, &path, &key, &decided).await };
        deed.run(sending, move |_: HandInSheet| {
            toasts.done(done);
            again.run(());
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        decide(sheet.mark(), t_string!(i18n, classes.hand_in_marked_done));
    };
    let give_back = move |()| decide(sheet.give_back(), t_string!(i18n, classes.hand_in_returned_done));
    let remark_error = Signal::derive(move || {
        let code = sheet
            .wrong
            .with(|wrong| wrong.iter().find(|error| error.pointer == "/remark").map(|error| error.code.clone()));
        code.map(|code| wrong_text(i18n.get_locale(), &code).to_owned()).unwrap_or_default()
    });
    let field = move |(at, criterion): (usize, Criterion)| view! { <PointsField sheet at criterion /> };
    view! {
        <Card title=words(|locale| td_string!(locale, classes.hand_in_marking))>
            <form class="stack" novalidate on:submit=submit>
                {rubric.into_iter().enumerate().map(field).collect_view()}
                <Total sheet />
                <Field
                    id="remark"
                    label=words(|locale| td_string!(locale, classes.hand_in_remark))
                    hint=words(|locale| td_string!(locale, classes.hand_in_remark_hint))
                    error=remark_error
                >
                    <TextArea value=sheet.remark rows=4 />
                </Field>
                <DeedFailure deed />
                <div class="row">
                    <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>
                        {t!(i18n, classes.hand_in_mark)}
                    </Button>
                    {may_return.then(|| view! {
                        <Button is_busy=deed.is_busy() on_press=give_back>{t!(i18n, classes.hand_in_return)}</Button>
                    })}
                </div>
                {(!may_return).then(|| view! { <p class="muted small">{t!(i18n, classes.hand_in_no_return)}</p> })}
            </form>
        </Card>
    }
}

/// The points of one criterion.
#[component]
fn PointsField(sheet: Sheet, at: usize, criterion: Criterion) -> impl IntoView {
    let i18n = use_i18n();
    let Criterion { title, points: most, description } = criterion;
    let (value, pointer) = (sheet.points[at], format!("/points/{at}"));
    let label = Signal::derive(move || {
        t_string!(i18n, classes.hand_in_points_of, title = title.clone(), most = most.to_string())
    });
    let error = Signal::derive(move || match sheet.is_wrong(&pointer) {
        true => t_string!(i18n, classes.hand_in_wrong_points, most = most.to_string()),
        false => String::new(),
    });
    view! {
        <Field id={POINTS_FIELDS[at]} label hint=Signal::stored(description) error>
            <TextInput value keyboard="decimal" />
        </Field>
    }
}

/// The sum of what is written so far.
#[component]
fn Total(sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let most: Points = sheet.most.with_value(|most| most.iter().copied().sum());
    let sum = move || sheet.written().into_iter().filter(|points| *points != UNREADABLE).sum::<Points>();
    let words = move || t_string!(i18n, classes.hand_in_total, points = sum().to_string(), most = most.to_string());
    view! { <p class="num" role="status"><b>{words}</b></p> }
}

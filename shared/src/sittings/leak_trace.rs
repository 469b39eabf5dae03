//! 泄题溯源: whose screen a leaked photo shows. Each candidate sees the items, and the options of each, in an order
//! that follows from the seed of their sitting, so the order in the photo tells whose it was.
//!
//! A lead and no proof: a photo can be made up. Hence nobody is ever named with certainty, and the photo may always be
//! of none of them.

use super::{ExamSessionRefusal, ExamSessionState, LeakReading, TraceItem};
use crate::{delivery::PaperShape, item_bank::ItemKind, problem::FieldError, rights::text_enum, time::Timestamp};
use std::collections::BTreeSet;

/// How often an order that was read of a photo is wrong: the photo is blurred, or the reader slips.
const MISREAD: f64 = 0.05;
/// Parts in a million from which one candidate alone is meant.
const SURE_PPM: u32 = 990_000;
/// Parts in a million below which a candidate is not told: too many others fit as well.
const TOLD_PPM: u32 = 100_000;
/// Candidates that are told at most.
const TOLD: usize = 5;
/// The most that is ever said: the orders alone never make it certain.
const MOST_PPM: u32 = 999_999;

text_enum! {
    /// What the orders in a photo say.
    TraceVerdict {
        /// One candidate's order fits, and it is improbable that another's does.
        OneFits = "one_fits",
        /// No candidate's order fits: the photo is of another test, or made up, or much of it was misread.
        NobodyFits = "nobody_fits",
        /// What was read does not suffice: several fit, or one may fit by chance.
        Undecided = "undecided",
    }
}

/// What was read of one item in a photo, by indices from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemReading {
    /// The item, in the author's order; a question on a material by its place behind all items.
    pub item: usize,
    /// The place at which the photo shows it.
    pub place: Option<usize>,
    /// For each place from the top the option that the photo shows there, in the author's order; `None` where it
    /// cannot be read. Empty if the order of the options says nothing.
    pub options: Vec<Option<usize>>,
}

/// How well one sitting fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceFit {
    /// Its index among those that were asked.
    pub sitting: usize,
    /// How probable it is that the photo is of this sitting, in parts in a million.
    pub certainty_ppm: u32,
    /// How many of the orders that were read are this sitting's.
    pub agreeing: usize,
}

/// What a photo says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeakTrace {
    /// In one word.
    pub verdict: TraceVerdict,
    /// How many orders were read: of the options of an item, or the place of one.
    pub clues: usize,
    /// How probable it is that the photo is of none of the sittings, in parts in a million.
    pub nobody_ppm: u32,
    /// The sittings that fit best, the best first; only those worth a look.
    pub fits: Vec<TraceFit>,
}

/// Whether the sittings of an exam session may be held against a photo at `now`: before the test has begun no order has
/// been shown to anybody, and nobody needs its items.
///
/// # Errors
/// [`ExamSessionRefusal::Cancelled`] if it was called off, [`ExamSessionRefusal::NotBegun`] before it begins.
pub fn may_trace_leak(state: ExamSessionState, starts_at: Timestamp, now: Timestamp) -> Result<(), ExamSessionRefusal> {
    match state {
        ExamSessionState::Cancelled => Err(ExamSessionRefusal::Cancelled),
        ExamSessionState::Draft | ExamSessionState::Registering | ExamSessionState::Arranged => {
            Err(ExamSessionRefusal::NotBegun)
        }
        _ if now < starts_at => Err(ExamSessionRefusal::NotBegun),
        ExamSessionState::Armed | ExamSessionState::Marking | ExamSessionState::Published => Ok(()),
    }
}

/// Whether the order of what can be chosen tells something: not where a candidate moves it, where it lies in menus, or
/// where it is the same on every screen, as that of the columns of a table or of the words of a text is.
#[must_use]
pub const fn has_telling_options(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::SingleChoice | ItemKind::MultipleChoice | ItemKind::Matching)
}

/// What was read, as [`trace_leak`] takes it.
///
/// # Errors
/// The readings that cannot be of these items, each by its place in the request.
pub fn check_readings(readings: &[LeakReading], items: &[TraceItem]) -> Result<Vec<ItemReading>, Vec<FieldError>> {
    let mut errors = Vec::new();
    if readings.is_empty() {
        errors.push(FieldError::new("/items", "required"));
    }
    for (at, reading) in readings.iter().enumerate() {
        let (before, _) = readings.split_at(at);
        let wrong = faults(reading, before, items).into_iter();
        errors.extend(wrong.map(|(field, code)| FieldError::new(format!("/items/{at}/{field}"), code)));
    }
    if errors.is_empty() { Ok(readings.iter().map(|reading| read(reading, items)).collect()) } else { Err(errors) }
}

/// What is wrong with a reading after those `before` it: fields and codes.
fn faults(reading: &LeakReading, before: &[LeakReading], items: &[TraceItem]) -> Vec<(&'static str, &'static str)> {
    let Some(item) = find(reading, items) else { return vec![("paper_number", "out-of-range")] };
    let mut found = Vec::new();
    if before.iter().any(|other| (other.paper_number, other.part) == (reading.paper_number, reading.part)) {
        found.push(("paper_number", "duplicate"));
    }
    if let Some(number) = reading.shown_number {
        let numbered = items.iter().filter(|item| item.part.is_none()).count();
        if reading.part.is_some() || !(1..=numbered).contains(&usize::from(number)) {
            found.push(("shown_number", "out-of-range"));
        } else if before.iter().any(|other| other.shown_number == Some(number)) {
            found.push(("shown_number", "duplicate"));
        }
    }
    if reading.shown_number.is_none() && reading.options.iter().all(Option::is_none) {
        found.push(("options", "required"));
    } else if let Err(code) = check_options(&reading.options, item) {
        found.push(("options", code));
    }
    found
}

fn is_of(reading: &LeakReading, item: &TraceItem) -> bool {
    (reading.paper_number, reading.part) == (item.paper_number, item.part)
}

fn find<'a>(reading: &LeakReading, items: &'a [TraceItem]) -> Option<&'a TraceItem> {
    items.iter().find(|item| is_of(reading, item))
}

/// Whether these can be the first options of an item from the top.
fn check_options(options: &[Option<u16>], item: &TraceItem) -> Result<(), &'static str> {
    let read: Vec<_> = options.iter().flatten().collect();
    let can_be = if has_telling_options(item.kind) { item.options_html.len() } else { 0 };
    if options.len() > can_be || read.iter().any(|option| usize::from(**option) >= can_be) {
        return Err("out-of-range");
    }
    let different: BTreeSet<_> = read.iter().collect();
    if different.len() < read.len() { Err("duplicate") } else { Ok(()) }
}

/// A reading by indices, also of the places below the last that was read.
fn read(reading: &LeakReading, items: &[TraceItem]) -> ItemReading {
    let options = find(reading, items).map_or(0, |item| item.options_html.len());
    let read = reading.options.iter().map(|option| option.map(usize::from));
    ItemReading {
        item: items.iter().position(|item| is_of(reading, item)).unwrap_or_default(),
        place: reading.shown_number.map(|number| usize::from(number).saturating_sub(1)),
        options: read.chain(std::iter::repeat(None)).take(options).collect(),
    }
}

/// Says of which sitting a photo is, if of any.
///
/// `paper` says what of it is shuffled, `seeds` are those of all its sittings. By Bayes' rule: each sitting is as
/// probable as any other at first, and that it is none of them as probable as that it is one. An order that was read is
/// the sitting's own but for one in twenty, which is any order, as all are in a photo of nobody's. The readings of
/// different items are independent, as their shuffles are.
#[must_use]
pub fn trace_leak(readings: &[ItemReading], paper: &PaperShape, seeds: &[u64]) -> LeakTrace {
    let clues = Clues::of(readings, paper);
    let weighed: Vec<Weighed> = seeds.iter().map(|seed| clues.weigh(*seed)).collect();
    let nobody = (seeds.len().max(1) as f64).ln();
    // Compared with the greatest of all, no power of e is too great for a number.
    let greatest = weighed.iter().map(|weighed| weighed.log_ratio).fold(nobody, f64::max);
    let part = |log_ratio: f64| (log_ratio - greatest).exp();
    let whole = part(nobody) + weighed.iter().map(|weighed| part(weighed.log_ratio)).sum::<f64>();
    let ppm = |log_ratio: f64| ((part(log_ratio) / whole * 1_000_000.0) as u32).min(MOST_PPM);
    let fit = |(sitting, weighed): (usize, &Weighed)| TraceFit {
        sitting,
        certainty_ppm: ppm(weighed.log_ratio),
        agreeing: weighed.agreeing,
    };
    let mut fits: Vec<_> = weighed.iter().enumerate().map(fit).filter(|fit| fit.certainty_ppm >= TOLD_PPM).collect();
    fits.sort_by_key(|fit| std::cmp::Reverse(fit.certainty_ppm));
    fits.truncate(TOLD);
    let (nobody_ppm, best_ppm) = (ppm(nobody), fits.first().map_or(0, |fit| fit.certainty_ppm));
    let verdict = match (best_ppm >= SURE_PPM, nobody_ppm >= SURE_PPM) {
        (true, _) => TraceVerdict::OneFits,
        (_, true) => TraceVerdict::NobodyFits,
        _ => TraceVerdict::Undecided,
    };
    LeakTrace { verdict, clues: clues.count(), nobody_ppm, fits }
}

/// How a sitting was weighed.
struct Weighed {
    /// Logarithm of how much more probable what was read is from this sitting than by chance.
    log_ratio: f64,
    agreeing: usize,
}

/// The place of an item.
struct PlaceClue {
    item: usize,
    place: usize,
    orders: f64,
}

/// The options of an item.
struct OptionsClue<'a> {
    item: usize,
    options: &'a [Option<usize>],
    orders: f64,
}

/// Everything that was read, with how many readings there could have been of each.
struct Clues<'a> {
    paper: &'a PaperShape,
    places: Vec<PlaceClue>,
    options: Vec<OptionsClue<'a>>,
}

impl<'a> Clues<'a> {
    fn of(readings: &'a [ItemReading], paper: &'a PaperShape) -> Self {
        let options = readings.iter().filter_map(|reading| {
            // What stays at its place is on every screen there, and tells nothing.
            let free = reading.options.iter().enumerate().filter(|(place, _)| !paper.is_pinned(reading.item, *place));
            let free: Vec<_> = free.map(|(_, read)| read).collect();
            let read = free.iter().filter(|read| read.is_some()).count();
            let orders = count(free.len(), read);
            (read > 0).then_some(OptionsClue { item: reading.item, options: &reading.options, orders })
        });
        Self { paper, places: places(readings, paper), options: options.collect() }
    }

    fn count(&self) -> usize {
        self.places.len() + self.options.len()
    }

    fn weigh(&self, seed: u64) -> Weighed {
        let order = if self.places.is_empty() { Vec::new() } else { self.paper.item_order(seed) };
        let places = self.places.iter().map(|clue| (order.get(clue.place) == Some(&clue.item), clue.orders));
        let options = self.options.iter().map(|clue| (clue.fits(self.paper, seed), clue.orders));
        let mut weighed = Weighed { log_ratio: 0.0, agreeing: 0 };
        for (is_own, orders) in places.chain(options) {
            weighed.agreeing += usize::from(is_own);
            weighed.log_ratio += log_ratio(is_own, orders);
        }
        weighed
    }
}

impl OptionsClue<'_> {
    fn fits(&self, paper: &PaperShape, seed: u64) -> bool {
        let own = paper.option_order(seed, self.item, self.options.len());
        self.options.iter().zip(own).all(|(read, own)| read.is_none_or(|read| read == own))
    }
}

/// The places that tell something: those of blocks that are shuffled, each block once. Where one block stands, no other
/// does, so each that is known leaves fewer places of its part for the next.
fn places(readings: &[ItemReading], paper: &PaperShape) -> Vec<PlaceClue> {
    let (mut known, mut clues) = (BTreeSet::new(), Vec::new());
    for reading in readings {
        let (Some(place), Some((part, block, blocks))) = (reading.place, paper.block_of(reading.item)) else {
            continue;
        };
        let before = known.iter().filter(|(other, _)| *other == part).count();
        if known.insert((part, block)) {
            clues.push(PlaceClue { item: reading.item, place, orders: count(blocks.saturating_sub(before), 1) });
        }
    }
    clues
}

/// In how many ways `chosen` of `of` things can follow each other.
fn count(of: usize, chosen: usize) -> f64 {
    (0..chosen).map(|before| of.saturating_sub(before).max(1) as f64).product()
}

/// Logarithm of how much more probable a reading is from a sitting than by chance, among so many possible readings.
fn log_ratio(is_own: bool, orders: f64) -> f64 {
    let own = if is_own { (1.0 - MISREAD) * orders } else { 0.0 };
    (own + MISREAD).ln()
}

#[cfg(test)]
mod tests;

//! How often a leaked photo of eight items, one of them misread, names the right one of 100,000 candidates:
//! `make bench ONLY=leak`. A thousand photos, unless told: `cargo bench -p backend --bench figures -- leak 10000`.
//!
//! Each photo is of another test: other candidates, other items, another slip of the reader. It is held against all of them
//! by the rules that the server runs.

use crate::now;
use shared::{
    delivery::PaperShape,
    sittings::{ItemReading, LeakTrace, TraceVerdict, trace_leak},
};
use std::collections::BTreeSet;

/// Who sat the test.
const CANDIDATES: usize = 100_000;
/// Photos, unless told.
const PHOTOS: usize = 1_000;
/// Items of the paper, and options of each.
const ITEMS: usize = 40;
const OPTIONS: usize = 4;
/// Items that a photo shows.
const SHOWN: usize = 8;
/// Photos of a million that must name the right one.
const LEAST_PPM: usize = 999_000;

/// Numbers that follow from a seed, each of 53 bits as the seeds of sittings are (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) >> 11
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.draw()).unwrap_or_default() % most
    }
}

/// What is read of a photo of this candidate's screen; one item wrongly.
fn photo(numbers: &mut Numbers, shape: &PaperShape, seed: u64) -> Vec<ItemReading> {
    let mut items = BTreeSet::new();
    while items.len() < SHOWN {
        items.insert(numbers.below(ITEMS));
    }
    let read = |item| {
        let options = shape.option_order(seed, item, OPTIONS).into_iter().map(Some).collect();
        ItemReading { item, place: None, options }
    };
    let mut photo: Vec<_> = items.into_iter().map(read).collect();
    photo[numbers.below(SHOWN)].options.rotate_left(1 + numbers.below(OPTIONS - 1));
    photo
}

/// Holds one photo against all candidates of its test; whose it was, and what was found.
fn traced(numbers: &mut Numbers, shape: &PaperShape) -> (usize, LeakTrace) {
    let seeds: Vec<u64> = (0..CANDIDATES).map(|_| numbers.draw()).collect();
    let own = numbers.below(CANDIDATES);
    (own, trace_leak(&photo(numbers, shape, seeds[own]), shape, &seeds))
}

pub(crate) fn run(args: &[String]) {
    let photos = args.iter().find_map(|told| told.parse().ok()).unwrap_or(PHOTOS);
    let (mut numbers, shape, began) = (Numbers(1), PaperShape::plain(ITEMS), now());
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for _ in 0..photos {
        let (own, traced) = traced(&mut numbers, &shape);
        let named = traced.fits.first().filter(|_| traced.verdict == TraceVerdict::OneFits);
        match named.map(|fit| fit.sitting == own) {
            Some(true) => right += 1,
            Some(false) => wrong += 1,
            None => {}
        }
    }
    let right_ppm = right * 1_000_000 / photos.max(1);
    println!("leak_trace_photos {photos} photos");
    println!("leak_trace_right_ppm {right_ppm} ppm");
    println!("leak_trace_named_wrongly {wrong} photos");
    println!("leak_trace_photo_ms {:.0} ms", began.elapsed().as_secs_f64() * 1_000.0 / photos.max(1) as f64);
    assert!(right_ppm >= LEAST_PPM && wrong == 0, "{right} of {photos} are right, {wrong} wrong");
}

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::item_bank::ImportFormat;

fuzz_target!(|text: &str| fuzz::hold(ImportFormat::Qti, text));

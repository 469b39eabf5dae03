//! Levels of education in words, by the codes of GB/T 4658.

use crate::i18n::{Locale, td_string};
use shared::person::EducationLevel;

/// Every level as it is chosen, in the order of the codes.
pub(in crate::pages) fn education_options(locale: Locale) -> Vec<(String, String)> {
    let option = |level: EducationLevel| (level.code().to_owned(), education_name(locale, level.code()).to_owned());
    EducationLevel::all().map(option).collect()
}

/// The level; empty for a code that is none.
pub(in crate::pages) fn education_name(locale: Locale, code: &str) -> &'static str {
    match code {
        "10" => td_string!(locale, roster.education_10),
        "11" => td_string!(locale, roster.education_11),
        "12" => td_string!(locale, roster.education_12),
        "13" => td_string!(locale, roster.education_13),
        "14" => td_string!(locale, roster.education_14),
        "15" => td_string!(locale, roster.education_15),
        "16" => td_string!(locale, roster.education_16),
        "17" => td_string!(locale, roster.education_17),
        "18" => td_string!(locale, roster.education_18),
        "19" => td_string!(locale, roster.education_19),
        "20" => td_string!(locale, roster.education_20),
        "21" => td_string!(locale, roster.education_21),
        "22" => td_string!(locale, roster.education_22),
        "23" => td_string!(locale, roster.education_23),
        "28" => td_string!(locale, roster.education_28),
        "30" => td_string!(locale, roster.education_30),
        "31" => td_string!(locale, roster.education_31),
        "32" => td_string!(locale, roster.education_32),
        "33" => td_string!(locale, roster.education_33),
        "40" => td_string!(locale, roster.education_40),
        "41" => td_string!(locale, roster.education_41),
        "42" => td_string!(locale, roster.education_42),
        "43" => td_string!(locale, roster.education_43),
        "44" => td_string!(locale, roster.education_44),
        "45" => td_string!(locale, roster.education_45),
        "46" => td_string!(locale, roster.education_46),
        "47" => td_string!(locale, roster.education_47),
        "48" => td_string!(locale, roster.education_48),
        "49" => td_string!(locale, roster.education_49),
        "60" => td_string!(locale, roster.education_60),
        "61" => td_string!(locale, roster.education_61),
        "62" => td_string!(locale, roster.education_62),
        "63" => td_string!(locale, roster.education_63),
        "70" => td_string!(locale, roster.education_70),
        "71" => td_string!(locale, roster.education_71),
        "73" => td_string!(locale, roster.education_73),
        "80" => td_string!(locale, roster.education_80),
        "81" => td_string!(locale, roster.education_81),
        "83" => td_string!(locale, roster.education_83),
        "90" => td_string!(locale, roster.education_90),
        _ => "",
    }
}

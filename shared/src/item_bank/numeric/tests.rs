//! Examples of numbers that are right, and of keys as authors write them.

use super::*;
use proptest::prelude::*;

fn unit(name: &str, factor: &str) -> NumericUnit {
    NumericUnit { name: name.to_owned(), factor: factor.to_owned() }
}

fn by(by: &str) -> Tolerance {
    Tolerance::Absolute { by: by.to_owned() }
}

fn percent(percent: &str) -> Tolerance {
    Tolerance::Relative { percent: percent.to_owned() }
}

#[test]
fn the_bounds_themselves_are_right_and_nothing_beyond_them() {
    for (given, expected) in [("9.7", true), ("9.90", true), ("9.8", true), ("9.6999999999", false), ("9.901", false)] {
        assert_eq!(is_right("9.8", &by("0.1"), &[], given), expected, "{given}");
    }
    for (given, expected) in [("-97.5", true), ("-102.5", true), ("-102.51", false), ("100", false)] {
        assert_eq!(is_right("-100", &percent("2.5"), &[], given), expected, "{given}");
    }
    // Three tenths are three tenths: nothing is lost between ten and two.
    assert!(is_right("0.3", &by("0"), &[], "0.30"));
    assert!(!is_right("0.3", &by("0"), &[], "0.30000000000000004"));
    assert!(is_right("3.14", &by("0.01"), &[], "3.141592653589793238462643"));
}

#[test]
fn the_way_of_writing_a_number_makes_no_difference() {
    for given in ["３０", " 30.0 ", "三十", "+30", "$30$"] {
        assert!(is_right("30", &by("0"), &[], given), "{given}");
    }
    for given in ["", "-", ".", "1 2", "30cm", "60/2", "3e1", "30.0.0", "3".repeat(40).as_str()] {
        assert!(!is_right("30", &by("1000"), &[], given), "{given}");
    }
}

#[test]
fn with_units_an_answer_needs_one_of_them() {
    let units = [unit("m", "1"), unit("cm", "0.01"), unit("千米", "1000"), unit("米", "1")];
    for given in ["1500m", "１５００ｍ", "150000 cm", "1.5千米", "一千五百米", "1500 米"] {
        assert!(is_right("1500", &by("0"), &units, given), "{given}");
    }
    for given in ["1500", "1500 km", "15 cm", "1500 M", "m", ""] {
        assert!(!is_right("1500", &by("0"), &units, given), "{given}");
    }
}

#[test]
fn a_unit_is_told_from_those_that_only_look_like_it() {
    let check = |unit_name: &str, given: &str, expected: bool| {
        assert_eq!(is_right("5", &by("0"), &[unit(unit_name, "1")], given), expected, "{given} in {unit_name}");
    };
    for (name, given) in [
        ("kg", "5 KG"),
        ("mW", "5 mw"),
        ("两", "5 两"),
        ("万", "5万"),
        ("m/s²", "5 m/s^2"),
        ("m^3", "$5 m³$"),
        ("Ω", "５Ω"),
        ("m", "$5$ m"),
    ] {
        check(name, given, true);
    }
    for (name, given) in [("mW", "5 MW"), ("Pa", "5 pa"), ("两", "52"), ("m", "5³ m"), ("m", "5 m³")] {
        check(name, given, false);
    }
    assert!(!is_right("5", &by("0"), &[unit("m", "1")], &format!("5{}m", " ".repeat(200))));
}

#[test]
fn what_a_calculator_shows_is_read() {
    let third = format!("33.{}", "3".repeat(30));
    assert!(is_right("33.333", &by("0.001"), &[], &third));
    assert!(is_right("33.333", &by("0.001"), &[unit("m", "1")], &format!("{third} m")));
    assert!(is_right("0.333333", &percent("0.001"), &[unit("cm", "0.01")], &format!("{third}cm")));
    for other in ["33.333333333333333333333333x", "1234567890123", &format!("33.{}", "3".repeat(60))] {
        assert!(!is_right("33.333", &by("999999999"), &[], other), "{other}");
    }
    // No number that is read and no unit that can be stored is too large to be compared.
    let units = [unit("a", "999999999.999999")];
    let largest = format!("{}.{}a", "9".repeat(12), "9".repeat(30));
    assert!(given(&units, &largest).unwrap().is_at_most(bounds("1.999999", &percent("0.000001")).unwrap().0).is_some());
}

#[test]
fn numbers_of_authors_are_plain_and_short() {
    for plain in ["0", "-9.81", "123456789.123456"] {
        assert!(is_plain(plain), "{plain}");
    }
    for other in ["", "+1", "1.", ".5", "1e3", "1234567890", "0.1234567", "三"] {
        assert!(!is_plain(other), "{other}");
    }
}

#[test]
fn what_an_author_writes_is_read_again() {
    for text in [
        "9.8",
        "-9.8 ± 0.1",
        "9.8 ± 2.5%",
        "9.8 ± 0.1 m/s²\ncm/s² = 0.01",
        "50 %",
        "50 ± 2 %",
        "50 ± 2% %",
        "2\n千米 = 1000",
    ] {
        let (key, tolerance, units) = of_lines(text).unwrap();
        assert_eq!(lines(&key, &tolerance, &units).join("\n"), text);
    }
    assert_eq!(of_lines("50 ± 2 %"), Some(("50".to_owned(), by("2"), vec![unit("%", "1")])));
    assert_eq!(of_lines("50 ± 2%"), Some(("50".to_owned(), percent("2"), Vec::new())));
    assert_eq!(of_lines("９．８０＋－０．１ 米"), Some(("9.8".to_owned(), by("0.1"), vec![unit("米", "1")])));
    for wrong in ["", "m", "± 1", "1 ± m"] {
        assert_eq!(of_lines(wrong), None, "{wrong}");
    }
}

#[test]
fn between_two_numbers_lies_half_of_their_sum() {
    let (low, high) = (Decimal::read("-3.142").unwrap(), Decimal::read("-3.141").unwrap());
    assert_eq!(low.plus(high).and_then(Decimal::half).unwrap().to_string(), "-3.1415");
    assert_eq!(high.plus(low.negative()).and_then(Decimal::half).unwrap().to_string(), "0.0005");
    assert_eq!(Decimal::read("0").unwrap().to_string(), "0");
}

proptest! {
    #[test]
    fn no_answer_of_any_length_breaks_anything(text in "[-+.0-9a-c ]{0,60}", percents in "[0-9]{1,3}") {
        let units = [unit("a", "999999999.999999")];
        let _ = is_right("999999999.999999", &percent(&percents), &[], &text);
        let _ = is_right("999999999.999999", &percent(&percents), &units, &text);
    }

    #[test]
    fn every_whole_number_within_the_tolerance_is_right(key in -1000..1000_i32, by_whole in 0..50_i32, off in -60..60_i32) {
        let is_within = off.abs() <= by_whole;
        let given = (key + off).to_string();
        prop_assert_eq!(is_right(&key.to_string(), &by(&by_whole.to_string()), &[], &given), is_within);
    }
}

use super::{CalcRefusal::*, *};
use proptest::prelude::*;

fn reckoned(text: &str, kind: CalculatorKind) -> Result<String, CalcRefusal> {
    let setting = CalcSetting { kind, angle: AngleUnit::Degrees, memory: CalcNumber::whole(7) };
    evaluate(text, &setting).map(|number| number.to_string())
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(reckoned(text, CalculatorKind::Scientific).as_deref(), Ok(expected), "{text}");
}

#[track_caller]
fn refused(text: &str, expected: CalcRefusal) {
    assert_eq!(reckoned(text, CalculatorKind::Scientific), Err(expected), "{text}");
}

#[test]
fn decimals_are_what_people_expect() {
    for (text, result) in [
        ("0.1+0.2", "0.3"),
        ("1.1×3", "3.3"),
        ("0.3-0.1", "0.2"),
        ("1÷3×3", "1"),
        ("2÷3", "0.666666666667"),
        ("1-0.9", "0.1"),
        (".5+5.", "5.5"),
        ("0.07*100", "7"),
        ("12.5%", "0.125"),
        ("1/8", "0.125"),
        ("-0.25", "-0.25"),
        ("999999999999", "999999999999"),
        ("1000000×1000000", "1×10^12"),
        ("1×10^12", "1×10^12"),
        ("0.00000025", "2.5×10^-7"),
        ("0.000001", "0.000001"),
        ("0", "0"),
    ] {
        check(text, result);
    }
}

#[test]
fn points_go_before_dashes_and_powers_before_both() {
    for (text, result) in [
        ("1+2×3", "7"),
        ("(1+2)×3", "9"),
        ("8-3-2", "3"),
        ("16÷4÷2", "2"),
        ("-2^2", "-4"),
        ("(-2)^2", "4"),
        ("2^3^2", "512"),
        ("2^-1", "0.5"),
        ("3-(-2)", "5"),
        ("3--2", "5"),
        ("2(3+4)", "14"),
        ("2π÷π", "2"),
        ("3²+4²", "25"),
        ("√(3²+4²)", "5"),
        ("2√9", "6"),
        ("√0.09", "0.3"),
        ("√2×√2", "2"),
        ("5!", "120"),
        ("4^0.5", "2"),
        ("M+1", "8"),
        ("2m", "14"),
    ] {
        check(text, result);
    }
}

#[test]
fn what_an_input_method_writes_is_read_too() {
    check("（１＋２）＊３", "9");
    check("6／4", "1.5");
    check("5 − 2", "3");
}

#[test]
fn angles_and_logarithms_come_out_even() {
    for (text, result) in [
        ("sin(30)", "0.5"),
        ("sin30", "0.5"),
        ("cos(60)", "0.5"),
        ("cos(90)", "0"),
        ("sin(180)", "0"),
        ("sin(-30)", "-0.5"),
        ("sin(750)", "0.5"),
        ("tan(45)", "1"),
        ("asin(0.5)", "30"),
        ("atan(1)", "45"),
        ("lg(1000)", "3"),
        ("log(0.01)", "-2"),
        ("ln(e)", "1"),
        ("ln(e^2)", "2"),
        ("SIN(30)^2+COS(30)^2", "1"),
    ] {
        check(text, result);
    }
    let radians = CalcSetting { kind: CalculatorKind::Scientific, angle: AngleUnit::Radians, memory: CalcNumber::ZERO };
    for (text, result) in [("sin(π÷6)", "0.5"), ("cos(π)", "-1"), ("tan(π)", "0"), ("acos(-1)", "3.14159265359")] {
        assert_eq!(evaluate(text, &radians).unwrap().to_string(), result, "{text}");
    }
}

#[test]
fn what_has_no_result_says_why() {
    for (text, refusal) in [
        ("", Unfinished),
        ("1+", Unfinished),
        ("sin", Unfinished),
        ("(1+2", BracketMissing),
        ("1+2)", BracketMissing),
        ("(", Unfinished),
        ("1..2", Unreadable),
        (".", Unreadable),
        ("2 3x", Unreadable),
        ("()", Unreadable),
        ("#", Unreadable),
        ("1÷0", DivisionByZero),
        ("0^-1", DivisionByZero),
        ("0^0", NoSuchNumber),
        ("√(-1)", NoSuchNumber),
        ("(-2)^0.5", NoSuchNumber),
        ("ln(0)", NoSuchNumber),
        ("asin(2)", NoSuchNumber),
        ("tan(90)", NoSuchNumber),
        ("2.5!", NoSuchNumber),
        ("70!", TooLarge),
        ("10^100", TooLarge),
        ("1234567890123456789012345678901", TooLong),
    ] {
        refused(text, refusal);
    }
    refused(&"(".repeat(100), TooLong);
    refused(&"1+".repeat(150), TooLong);
}

#[test]
fn a_plain_calculator_knows_no_functions() {
    let plain = |text: &str| reckoned(text, CalculatorKind::Basic);
    for text in ["sin(30)", "π", "e", "5!", "ln(2)"] {
        assert_eq!(plain(text), Err(Unreadable), "{text}");
    }
    assert_eq!((plain("√16+M").as_deref(), plain("3×10^2").as_deref()), (Ok("11"), Ok("300")));
}

/// A decimal as somebody types it, by its ten-thousandths.
fn typed(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("({sign}{}.{:04})", number.abs() / 10_000, number.abs() % 10_000)
}

proptest! {
    #[test]
    fn sums_are_exact(one in -10_000_000_i64..10_000_000, other in -10_000_000_i64..10_000_000) {
        let sum = reckoned(&format!("{}+{}", typed(one), typed(other)), CalculatorKind::Basic);
        prop_assert_eq!(sum, reckoned(&typed(one + other), CalculatorKind::Basic));
    }

    #[test]
    fn the_order_does_not_matter(one in -1_000_000_i64..1_000_000, other in -1_000_000_i64..1_000_000) {
        let (one, other) = (typed(one), typed(other));
        for sign in ['+', '×'] {
            let forth = reckoned(&format!("{one}{sign}{other}"), CalculatorKind::Basic);
            prop_assert_eq!(forth, reckoned(&format!("{other}{sign}{one}"), CalculatorKind::Basic));
        }
    }

    #[test]
    fn whole_numbers_are_multiplied_as_everywhere(one in -100_000_i64..100_000, other in -100_000_i64..100_000) {
        let product = reckoned(&format!("({one})×({other})"), CalculatorKind::Basic);
        prop_assert_eq!(product, Ok((one * other).to_string()));
    }

    #[test]
    fn what_is_divided_and_multiplied_again_is_as_before(one in -1_000_000_i64..1_000_000, other in 1_i64..1_000_000) {
        let again = reckoned(&format!("{}÷{}×{}", typed(one), typed(other), typed(other)), CalculatorKind::Basic);
        prop_assert_eq!(again, reckoned(&typed(one), CalculatorKind::Basic));
    }

    #[test]
    fn what_is_shown_is_read_as_the_same(one in any::<i32>(), power in -40_i32..40) {
        let shown = reckoned(&format!("({one})×10^({power})"), CalculatorKind::Basic).unwrap();
        prop_assert_eq!(reckoned(&shown, CalculatorKind::Basic), Ok(shown));
    }

    #[test]
    fn whatever_is_typed_is_reckoned_or_refused(text in "[0-9.+×÷^()%!²√πMesincoltag -]{0,40}") {
        drop(reckoned(&text, CalculatorKind::Scientific));
        drop(reckoned(&text, CalculatorKind::Basic));
    }
}

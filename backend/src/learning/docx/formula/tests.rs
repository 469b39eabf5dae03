use super::*;
use crate::{learning::docx::xml::parse, platform::markdown};

/// A formula in the notation of word processors; `~x` stands for a run that says x.
fn element(omml: &str) -> Element {
    const HEAD: &str = r#"<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#;
    let mut text = String::new();
    let mut parts = omml.split('~');
    text.push_str(parts.next().unwrap());
    for part in parts {
        let mut letters = part.chars();
        let said = letters.next().unwrap();
        text.push_str(&format!("<m:r><m:t>{said}</m:t></m:r>{}", letters.as_str()));
    }
    parse(format!("{HEAD}{text}</m:oMath>").as_bytes()).unwrap()
}

/// The formula is written like this, and lessons understand it.
#[track_caller]
fn check(omml: &str, expected: &str) {
    let written = latex(&element(omml));
    assert_eq!((written.latex.as_str(), written.unknown), (expected, Vec::new()));
    let html = markdown::render(&format!("${expected}$"));
    assert!(html.contains("<math") && !html.contains("<code>"), "{html}");
}

#[test]
fn fractions_roots_and_scripts() {
    check("<m:f><m:num>~a</m:num><m:den>~b</m:den></m:f>", r"\frac{a}{b}");
    check(r#"<m:f><m:fPr><m:type m:val="lin"/></m:fPr><m:num>~a</m:num><m:den>~b</m:den></m:f>"#, "{a}/{b}");
    check("<m:sSup><m:e>~x</m:e><m:sup>~2</m:sup></m:sSup>", "x^{2}");
    check("<m:sSub><m:e>~x~y</m:e><m:sub>~i</m:sub></m:sSub>", "{xy}_{i}");
    check("<m:sSubSup><m:e>~x</m:e><m:sub>~i</m:sub><m:sup>~2</m:sup></m:sSubSup>", "x_{i}^{2}");
    check("<m:sPre><m:sub>~1</m:sub><m:sup>~2</m:sup><m:e>~C</m:e></m:sPre>", "{}_{1}^{2}C");
    check(r#"<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>~x</m:e></m:rad>"#, r"\sqrt{x}");
    check("<m:rad><m:deg>~3</m:deg><m:e>~x</m:e></m:rad>", r"\sqrt[{3}]{x}");
}

#[test]
fn sums_integrals_and_limits() {
    let sum =
        r#"<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>~1</m:sub><m:sup>~n</m:sup><m:e>~k</m:e></m:nary>"#;
    check(sum, r"\sum_{1}^{n}{k}");
    let integral =
        r#"<m:nary><m:naryPr><m:supHide m:val="1"/></m:naryPr><m:sub>~D</m:sub><m:sup/><m:e>~f</m:e></m:nary>"#;
    check(integral, r"\int_{D}{f}");
    let lim = r#"<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>lim</m:t></m:r>"#;
    let limit = format!(
        "<m:func><m:fName><m:limLow><m:e>{lim}</m:e><m:lim>~x~→~0</m:lim></m:limLow></m:fName><m:e>~x</m:e></m:func>"
    );
    check(&limit, r"\lim_{x→0} {x}");
    check("<m:limUpp><m:e>~x</m:e><m:lim>~a</m:lim></m:limUpp>", r"\overset{a}{x}");
}

#[test]
fn brackets_matrices_and_systems() {
    check("<m:d><m:e>~x~+~y</m:e></m:d>", r"\left( x+y\right)");
    let amount = r#"<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr><m:e>~x</m:e></m:d>"#;
    check(amount, r"\left\vert x\right\vert");
    let row = "<m:mr><m:e>~a</m:e><m:e>~b</m:e></m:mr>";
    check(&format!("<m:m>{row}{row}</m:m>"), r"\begin{matrix}a & b \\ a & b\end{matrix}");
    let lines = "<m:eqArr><m:e>~x~=~1</m:e><m:e>~y~=~2</m:e></m:eqArr>";
    check(lines, r"\begin{aligned}x=1 \\ y=2\end{aligned}");
    let system = format!(r#"<m:d><m:dPr><m:begChr m:val="{{"/><m:endChr m:val=""/></m:dPr><m:e>{lines}</m:e></m:d>"#);
    check(&system, r"\begin{cases}x=1 \\ y=2\end{cases}");
}

#[test]
fn functions_accents_and_bars() {
    let sin = r#"<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>sin</m:t></m:r>"#;
    check(&format!("<m:func><m:fName>{sin}</m:fName><m:e>~x</m:e></m:func>"), r"\sin {x}");
    let squared = format!("<m:sSup><m:e>{sin}</m:e><m:sup>~2</m:sup></m:sSup>");
    check(&squared, r"\sin^{2}");
    check(&format!("{sin}~x"), r"\sin x");
    check(r#"<m:acc><m:accPr><m:chr m:val="&#x20D7;"/></m:accPr><m:e>~a</m:e></m:acc>"#, r"\vec{a}");
    check("<m:acc><m:e>~a</m:e></m:acc>", r"\hat{a}");
    check(r#"<m:bar><m:barPr><m:pos m:val="top"/></m:barPr><m:e>~a~b</m:e></m:bar>"#, r"\overline{ab}");
    check(r#"<m:groupChr><m:e>~a</m:e></m:groupChr>"#, r"\underbrace{a}");
}

#[test]
fn letters_say_what_they_say() {
    check("<m:r><m:t>速度=100%</m:t></m:r>", r"\text{速度}=100\%");
    check(r#"<m:r><m:rPr><m:nor/></m:rPr><m:t>if x</m:t></m:r>"#, r"\text{if x}");
    check(r#"<m:r><m:rPr><m:scr m:val="double-struck"/></m:rPr><m:t>R</m:t></m:r>"#, r"\mathbb{R}");
    check("<m:r><m:t>a|b−c</m:t></m:r>", r"a\vert b-c");
}

#[test]
fn what_is_not_known_is_named_and_not_lost() {
    let written = latex(&element("<m:borderBox><m:borderBoxPr/><m:e>~x</m:e></m:borderBox>"));
    assert_eq!((written.latex.as_str(), written.unknown), ("x", vec!["m:borderBox".to_owned()]));
}

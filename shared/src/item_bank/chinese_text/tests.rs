//! Examples of the habits in which Chinese item texts are written.

use super::*;
use crate::item_bank::{Ability, Descriptor, ItemBody, MultipleRule, NumericUnit, Tolerance, key_letters, key_lines};

#[track_caller]
fn one(text: &str) -> Item {
    let parsed = parse_chinese_text(text);
    assert_eq!(parsed.errors, [], "{text}");
    assert_eq!(parsed.items.len(), 1, "{text}");
    parsed.items.into_iter().next().unwrap()
}

#[track_caller]
fn errors(text: &str) -> Vec<(u32, String)> {
    parse_chinese_text(text).errors.into_iter().map(|error| (error.line, error.code)).collect()
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

fn single(options: &[&str], key: u16) -> ItemBody {
    ItemBody::SingleChoice { options: texts(options), key }
}

#[test]
fn every_habit_of_numbering_and_marking_options_is_read() {
    for number in ["1.", "1．", "1、", "（1）", "(1)", "第1题", "第1题：", " 1. "] {
        for marks in
            [["A.", "B."], ["A．", "B．"], ["A、", "B、"], ["(A)", "(B)"], ["（A）", "（B）"], ["Ａ．", "Ｂ．"]]
        {
            for answer in ["答案：B", "【答案】B", "参考答案: Ｂ", "（答案：B）", "【答案】：B。", "正确答案：B"]
            {
                let [a, b] = marks;
                let item = one(&format!("{number} 浙江的省会是（　　）\n{a} 宁波\n{b} 杭州\n{answer}\n解析：常识。\n"));
                assert_eq!((item.stem.as_str(), item.explanation.as_str()), ("浙江的省会是（　　）", "常识。"));
                assert_eq!(item.body, single(&["宁波", "杭州"], 1));
            }
        }
    }
}

#[test]
fn options_may_share_a_line_with_each_other_and_with_everything_else() {
    let item = one("1．1+1=（ ） A．1 B．2  C．3\tD．4 【答案】B 【解析】算一算。");
    assert_eq!(item.body, single(&["1", "2", "3", "4"], 1));
    assert_eq!(item.explanation, "算一算。");
    assert_eq!(one("1. 选\nA．①②B．②③\n答案：A").body, single(&["①②", "②③"], 0));
}

#[test]
fn a_number_has_its_tolerance_and_its_units_behind_the_answer() {
    let item = one("1.（数值题）重力加速度约是多少？\n答案：9.8 ± 0.1 m/s²\ncm/s² = 0.01\n解析：查表。");
    let unit = |name: &str, factor: &str| NumericUnit { name: name.to_owned(), factor: factor.to_owned() };
    let tolerance = Tolerance::Absolute { by: "0.1".to_owned() };
    let units = vec![unit("m/s²", "1"), unit("cm/s²", "0.01")];
    assert_eq!(item.body, ItemBody::Numeric { key: "9.8".to_owned(), tolerance, units });
    assert_eq!((item.stem.as_str(), item.explanation.as_str()), ("重力加速度约是多少？", "查表。"));
    let section = one("一、数值题\n1. 圆周率约是多少？\n答案：3.14±0.5%");
    assert_eq!(key_lines(&section.body), ["3.14 ± 0.5%"]);
    assert_eq!(errors("1.【数值】几？\n答案：不多"), [(2, "bad_key".to_owned())]);
}

#[test]
fn pairs_stand_behind_the_answer_a_line_each() {
    let item = one("1.（连线题）哪座城市是哪个省的省会？\n答案：\n浙江 → 杭州\n江苏 -> 南京\n-> 合肥\n解析：常识。");
    assert_eq!(key_lines(&item.body), ["浙江 → 杭州", "江苏 → 南京", "→ 合肥"]);
    assert_eq!((item.stem.as_str(), item.explanation.as_str()), ("哪座城市是哪个省的省会？", "常识。"));
}

#[test]
fn lines_in_their_order_may_be_numbered_where_they_are_the_answer() {
    let lines = ["辛亥革命", "五四运动", "中华人民共和国成立"];
    let plain = one(&format!("1.【排序】按时间先后排列\n答案：\n{}", lines.join("\n")));
    let numbered =
        one("1.（排序题）按时间先后排列\n答案：\n1. 辛亥革命\n2. 五四运动\n3. 中华人民共和国成立\n解析：略。");
    assert_eq!((key_lines(&plain.body), &plain.body), (texts(&lines), &numbered.body));
    assert_eq!((numbered.stem.as_str(), numbered.explanation.as_str()), ("按时间先后排列", "略。"));
    let years = one("1.【排序】从早到晚\n答案：\n1911. 辛亥革命\n1919. 五四运动\n1949. 成立");
    assert_eq!(key_lines(&years.body)[0], "1911. 辛亥革命");
}

#[test]
fn the_right_words_of_a_menu_come_first() {
    let item = one("1.（下拉选择题）浙江的省会是__，江苏的省会是_____。\n答案：\n杭州 | 宁波\n南京 ｜ 苏州 ｜ 无锡");
    assert_eq!(item.stem, "浙江的省会是____，江苏的省会是____。");
    assert_eq!(key_letters(&item), ["杭州", "南京"]);
    assert_eq!(errors("1.【下拉】浙江的省会是杭州。\n答案：杭州 | 宁波"), [(1, "blank_count".to_owned())]);
}

#[test]
fn the_columns_of_a_table_stand_above_its_rows() {
    let item =
        one("1.（表格选择题）它们是哪一类垃圾？\n答案：\n可回收物 ｜ 有害垃圾\n电池 -> 有害垃圾\n报纸 -> 可回收物");
    assert_eq!(key_lines(&item.body), ["可回收物 | 有害垃圾", "电池 → 有害垃圾", "报纸 → 可回收物"]);
    assert_eq!(errors("1.【矩阵】分类。\n答案：\n甲 | 乙\n丙 -> 丁"), [(2, "bad_key".to_owned())]);
    assert_eq!(errors("1.【矩阵】分类。\n答案：\n甲 | 乙\n丙 -> 甲"), [(1, "row_count".to_owned())]);
}

#[test]
fn what_is_wrong_is_put_right_behind_its_verdict() {
    let item = one("1.（判断改错题）浙江最大的河流是长江。\n答案：错误，应为钱塘江\n解析：略。");
    assert_eq!((item.stem.as_str(), key_lines(&item.body)), ("浙江最大的河流是长江。", texts(&["× 钱塘江"])));
    let section = one("三、判断改错题\n1. 一年有四季。\n答案：√");
    assert_eq!(section.body, ItemBody::Correction { key: true, accepted: Vec::new() });
    assert_eq!(one("三、判断题\n1. 一年有四季。\n答案：√").body, ItemBody::TrueFalse { key: true });
    assert_eq!(errors("1.（改错）一年有五季。\n答案：×"), [(1, "correction_count".to_owned())]);
    assert_eq!(errors("1.（改错）一年有五季。\n答案：四季"), [(2, "bad_key".to_owned())]);
}

#[test]
fn an_essay_is_marked_by_its_dimensions() {
    let item = one("1.（作文题）写一封信。\n答案：不少于600字\n内容 60%：切题\n语言 40%\n解析：略。");
    assert_eq!(key_lines(&item.body), ["600-", "内容 60%: 切题", "语言 40%"]);
    let whole = one("1.（作文题）写一封信。\n答案：切题，语句通顺。");
    assert_eq!(whole.body, ItemBody::ShortAnswer { rubric: "切题，语句通顺。".to_owned() });
    assert_eq!(errors("1.（作文题）写信。\n答案：内容 60%\n语言 30%"), [(1, "dimension_sum".to_owned())]);
}

#[test]
fn each_step_of_a_calculation_has_its_number() {
    let item =
        one("1.（分步计算题）汽车 2 小时行 120 千米。\n答案：\n速度 40%：60 千米/时\n5 小时的路程 60%：300 千米");
    assert_eq!(key_lines(&item.body), ["速度 40%: 60 千米/时", "5 小时的路程 60%: 300 千米"]);
    assert_eq!(errors("1.（分步计算题）求速度。\n答案：60"), [(2, "bad_key".to_owned())]);
    assert_eq!(errors("1.（分步计算题）求速度。\n答案：速度 100%：60"), [(1, "step_count".to_owned())]);
}

#[test]
fn questions_on_a_material_are_one_item() {
    let text = "1.（材料题）读下面的短文。\n我的家乡在杭州。\n答案：\n（1）40% 家乡在哪里？\nA. 杭州\nB. 宁波\n答案：A\n\
        （2）60%（填空）家乡在__。\n答案：杭州\n解析：第一句。\n2. 水是湿的。\n答案：√";
    let parsed = parse_chinese_text(text);
    assert_eq!(parsed.errors, []);
    let [composite, next] = &parsed.items[..] else { panic!("{parsed:?}") };
    assert_eq!(
        (composite.stem.as_str(), composite.explanation.as_str()),
        ("读下面的短文。\n我的家乡在杭州。", "第一句。")
    );
    assert_eq!(key_letters(composite), ["(1) A", "(2) 杭州"]);
    assert_eq!(next.stem, "水是湿的。");
    assert_eq!(errors("1.（材料题）短文。\n答案：\n（1）40% 甲？\n答案：√"), [(1, "child_count".to_owned())]);
    assert_eq!(errors("1.（材料题）短文。\n答案：\n（1）甲？\n答案：√"), [(1, "no_key".to_owned())]);
}

#[test]
fn words_to_be_chosen_are_marked_in_the_text() {
    let item = one("1.（点选题）哪些写错了：[[按步就班]]、[[名副其实]]、【【对】】。\n答案：1、3");
    assert_eq!(item.stem, "哪些写错了：[[按步就班]]、[[名副其实]]、[[对]]。");
    assert_eq!(key_letters(&item), ["1 按步就班", "3 对"]);
    assert_eq!(errors("1.【点选】哪个？[[甲]]\n答案：1"), [(1, "spot_count".to_owned())]);
    assert_eq!(errors("1.【点选】哪个？[[甲]][[乙]]\n答案：甲"), [(2, "bad_key".to_owned())]);
}

#[test]
fn blanks_may_be_filled_in_any_order_where_the_answer_says_so() {
    for words in ["（次序不限）", "(顺序不限)", "（顺序可换）"] {
        let item = one(&format!("1. 浙江北面是__和__。\n答案：上海；江苏|江苏省{words}"));
        let blanks = vec![texts(&["上海"]), texts(&["江苏", "江苏省"])];
        assert_eq!(item.body, ItemBody::FillIn { blanks, groups: vec![vec![0, 1]] });
    }
    let one_blank = one("1. 浙江的省会是__。\n答案：杭州（次序不限）");
    assert_eq!(one_blank.body, ItemBody::FillIn { blanks: vec![texts(&["杭州"])], groups: Vec::new() });
}

#[test]
fn the_key_is_taken_out_of_the_stem() {
    let item = one("1. 浙江的省会是（B）。\nA. 宁波\nB. 杭州");
    assert_eq!(item.stem, "浙江的省会是（　　）。");
    assert_eq!(item.body, single(&["宁波", "杭州"], 1));
    let item = one("1. 水的化学式是 $H_2O$。（√）");
    assert_eq!((item.stem.as_str(), item.body), ("水的化学式是 $H_2O$。（　　）", ItemBody::TrueFalse { key: true }));
    let multiple = one("1.（多选）偶数有（ＡC）\nA. 2 B. 3 C. 4");
    assert_eq!(
        multiple.body,
        ItemBody::MultipleChoice { options: texts(&["2", "3", "4"]), key: vec![0, 2], rule: MultipleRule::default() }
    );
    assert_eq!(errors("1. 选（A）\nA. 2\nB. 3\n答案：B"), [(4, "key_conflict".to_owned())]);
}

#[test]
fn the_kind_follows_the_hint_then_the_key() {
    let options = "A. 2\nB. 3\nC. 4";
    let multiple = |key: &[u16]| ItemBody::MultipleChoice {
        options: texts(&["2", "3", "4"]),
        key: key.to_vec(),
        rule: MultipleRule::default(),
    };
    assert_eq!(one(&format!("1. 偶数有\n{options}\n参考答案: C、A")).body, multiple(&[0, 2]));
    assert_eq!(one(&format!("1. （多选，4分）偶数有\n{options}\n答案：A")).body, multiple(&[0]));
    assert_eq!(one(&format!("二、多项选择题\n1. 偶数有\n{options}\n答案：A")).body, multiple(&[0]));
    assert_eq!(errors(&format!("1. （单选）偶数有\n{options}\n答案：AC")), [(5, "several_keys".to_owned())]);
    for (word, key) in
        [("正确", true), ("对", true), ("√", true), ("T", true), ("错误", false), ("×", false), ("F", false)]
    {
        let item = one(&format!("1. （判断）地球是圆的。（答案：{word}）"));
        assert_eq!((item.stem.as_str(), item.body), ("地球是圆的。", ItemBody::TrueFalse { key }));
    }
    assert_eq!(one("1. （判断）对吗\nA. 正确\nB. 错误\n答案：B").body, ItemBody::TrueFalse { key: false });
    let short = one("1. （简答）说说节气。\n答案：1. 立春\n2. 雨水\n解析：略");
    assert_eq!(short.body, ItemBody::ShortAnswer { rubric: "1. 立春\n2. 雨水".to_owned() });
}

#[test]
fn blanks_are_counted_and_may_have_alternatives() {
    let item = one("1. 浙江省会是__，简称______，$x_1__2$。\n答案：杭州|杭州市；浙\n解析：无");
    assert_eq!(item.stem, "浙江省会是____，简称____，$x_1__2$。");
    assert_eq!(
        item.body,
        ItemBody::FillIn { blanks: vec![texts(&["杭州", "杭州市"]), texts(&["浙"])], groups: Vec::new() }
    );
    assert_eq!(
        one("1. $x=$____\n答案：$\\{a;b|c\\}$").body,
        ItemBody::FillIn { blanks: vec![texts(&["$\\{a;b|c\\}$"])], groups: Vec::new() }
    );
    assert_eq!(errors("1. a____b____\n答案：1"), [(2, "blank_count".to_owned())]);
    assert_eq!(errors("1. a____b____\n答案：1；"), [(2, "no_key".to_owned())]);
}

#[test]
fn an_item_with_an_error_does_not_stop_the_others() {
    let text = "数学测验\n\n一、选择题\n1. 无答案\nA. 1\nB. 2\n\n2. 越界\nA. 1\nB. 2\n答案：C\n3. 无选项（ ）\n答案：A\n\
        4. 重复\nA. 1\nA. 2\nB. 3\n答案：A\n5.\nA. 1\nB. 2\n答案：A\n6. 缺项\nA. 1\nC. 2\nD. 3\n答案：A\n\
        7. 好的\nA. 1\nB. 2\n答案：A\n8. 乱写\nA. 1\nB. 2\n答案：甲\n";
    let parsed = parse_chinese_text(text);
    assert_eq!(parsed.items.len(), 1);
    assert_eq!(parsed.items[0].stem, "好的");
    let expected = [
        (4, "no_key"),
        (11, "key_out_of_range"),
        (12, "no_options"),
        (16, "duplicate_option"),
        (19, "empty_stem"),
        (25, "option_gap"),
        (35, "bad_key"),
    ];
    let found: Vec<_> = parsed.errors.iter().map(|error| (error.line, error.code.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn numbers_within_an_item_do_not_begin_another() {
    let text = "1. 下列说法：\n（1）甲\n（2）乙\n正确的是\nA.（1）\nB.（2）\n答案：A\n解析：分两步。\n（1）先看甲。\n1. 再看乙。\n3.14 约等于 π。\n\
        2、已知直线过 A、B 两点，则\nA. 甲\nB. 乙\n答案：B";
    let parsed = parse_chinese_text(text);
    assert_eq!(parsed.errors, []);
    let stems: Vec<_> = parsed.items.iter().map(|item| item.stem.as_str()).collect();
    assert_eq!(stems, ["下列说法：\n（1）甲\n（2）乙\n正确的是", "已知直线过 A、B 两点，则"]);
    assert!(parsed.items[0].explanation.ends_with("3.14 约等于 π。"));
}

#[test]
fn lines_of_an_answer_in_chinese_digits_are_no_headings() {
    let answer = "一、通读题目。\n二、圈出关键词。\n三、再读题目。";
    let explanation = "一、题目要读两遍。\n二、其余从略。";
    let text = format!(
        "一、简答题\n1. 怎样读题？\n答案：\n{answer}\n解析：{explanation}\n二、判断题（每题 2 分）\n2. 水是湿的。\n答案：√\n\
         三、根据所学，回答问题\n3. 一年有五季。\n答案：×"
    );
    let parsed = parse_chinese_text(&text);
    assert_eq!(parsed.errors, []);
    let [read, wet, seasons] = &parsed.items[..] else { panic!("{parsed:?}") };
    assert_eq!(read.body, ItemBody::ShortAnswer { rubric: answer.to_owned() });
    assert_eq!(read.explanation, explanation);
    let judged = [ItemBody::TrueFalse { key: true }, ItemBody::TrueFalse { key: false }];
    assert_eq!([wet.body.clone(), seasons.body.clone()], judged, "other headings are read as ever");
}

#[test]
fn a_heading_of_a_kind_ends_an_answer_whatever_it_holds() {
    for heading in
        ["二、单项选择题（每题 2 分，共 10 分）", "二、选择题：本题共 8 小题", "二、非选择题", "二、填空（题 1–5）"]
    {
        let parsed =
            parse_chinese_text(&format!("1.（简答）甲？\n答案：\n一、读题。\n{heading}\n共用的说明\n2. 丙\n答案：√"));
        assert_eq!(parsed.errors.len() + parsed.items.len(), 2, "{heading} {parsed:?}");
        assert_eq!(parsed.items[0].body, ItemBody::ShortAnswer { rubric: "一、读题。".to_owned() }, "{heading}");
    }
}

#[test]
fn what_is_said_of_an_item_stands_behind_it_and_is_told() {
    let text = "1.（简答）甲？\n答案：要点\n分值：每点 2 分\n考点：写在中间\n写三点。\n解析：先看。\n难度：在中间\n再看。\n难度：0.6\n\n\
        考点：集合\n分值：5 分\n2. 水是湿的。\n难度：易\n答案：√\n3. 哪一个？\n分值：2\nA. 甲\nB. 乙\n答案：A\n知识点：其他\n解析：略。\n\
        4. 这段话\n难度：不一\n怎样？\n答案：×";
    let parsed = parse_chinese_text(text);
    assert_eq!(parsed.errors, []);
    let rubric = "要点\n分值：每点 2 分\n考点：写在中间\n写三点。".to_owned();
    assert_eq!(parsed.items[0].body, ItemBody::ShortAnswer { rubric });
    let explanations: Vec<_> = parsed.items.iter().map(|item| item.explanation.as_str()).collect();
    assert_eq!(explanations, ["先看。\n难度：在中间\n再看。", "", "略。", ""]);
    assert_eq!((parsed.items[2].stem.as_str(), &parsed.items[2].body), ("哪一个？", &single(&["甲", "乙"], 0)));
    assert_eq!(parsed.items[3].stem, "这段话\n难度：不一\n怎样？");
    let told: Vec<_> = parsed.losses.iter().map(|loss| (loss.line, loss.code.as_str(), loss.name.as_str())).collect();
    let without_module = |line, name| (line, "descriptor_incomplete", name);
    let lost = [
        without_module(9, "难度"),
        without_module(11, "考点"),
        (12, "left_out", "分值"),
        without_module(14, "难度"),
        (17, "left_out", "分值"),
        without_module(21, "知识点"),
    ];
    assert_eq!(told, lost);
}

#[test]
fn what_is_said_of_an_item_is_taken_with_it() {
    let text = "1. 没有答案\n模块：数\n2. 水是湿的。\n答案：√\n【难度】0.7\n模块：集合\n考点：交集\n3. 水是干的。\n答案：×\n\
        模块：集合\n难度：说不好\n4. 火是热的。\n答案：√\n能力层次：应用\n模块：函数\n难度：较难";
    let parsed = parse_chinese_text(text);
    assert_eq!((parsed.items.len(), parsed.errors.len()), (3, 1));
    let said = |module: &str, knowledge_point: &str, ability, difficulty| Descriptor {
        module: module.to_owned(),
        knowledge_point: knowledge_point.to_owned(),
        ability,
        difficulty,
        enemies: String::new(),
    };
    let expected = [(0, said("集合", "交集", Ability::Comprehend, 700)), (2, said("函数", "", Ability::Apply, 200))];
    assert_eq!(parsed.descriptors, expected.into());
    let told: Vec<_> = parsed.losses.iter().map(|loss| (loss.line, loss.code.as_str(), loss.name.as_str())).collect();
    let lost = [
        (6, "ability_assumed", ""),
        (10, "descriptor_incomplete", "模块"),
        (11, "descriptor_not_understood", "说不好"),
    ];
    assert_eq!(told, lost);
}

#[test]
fn text_that_belongs_to_no_item_is_told() {
    let text = "\n数学测验\n（满分 100 分）\n分值：100\n一、判断题\n请判断。\n\n1. 水是湿的。\n答案：√";
    let parsed = parse_chinese_text(text);
    assert_eq!((parsed.errors.len(), parsed.items.len()), (0, 1));
    let told: Vec<_> = parsed.losses.iter().map(|loss| (loss.line, loss.code.as_str(), loss.name.as_str())).collect();
    assert_eq!(told, [(2, "left_out", "数学测验"), (4, "left_out", "分值"), (6, "left_out", "请判断。")]);
    assert_eq!(parse_chinese_text("1. 水是湿的。\n答案：√").losses, []);
}

#[test]
fn all_styles_may_stand_in_one_text() {
    let bodies = "甲\nA. 1\nB. 2\n答案：A\n";
    let text = format!(
        "1.{bodies}2．{bodies}3、{bodies}（4）{bodies}第5题 {bodies}一、判断题\n1. 乙 （ × ）\n2. 丙\n答案：√\n"
    );
    let parsed = parse_chinese_text(&text);
    assert_eq!((parsed.items.len(), parsed.errors.len()), (7, 0), "{parsed:?}");
}

#[test]
fn formulas_pass_untouched() {
    let stem = "若 $f(x)=\\begin{cases} A. x \\\\ B. y \\end{cases}$，则 $$\nA. z\n$$ 为";
    let item = one(&format!("1. {stem}\nA. $\\frac{{1}}{{2}}$\nB. $x^{{2}}$ \n答案：A"));
    assert_eq!(item.stem, stem);
    assert_eq!(item.body, single(&["$\\frac{1}{2}$", "$x^{2}$"], 0));
}

#[test]
fn arbitrary_text_never_panics() {
    use proptest::prelude::*;
    proptest!(|(text in "([0-9A-D.．、（）()【】$_|；;：: \n]|答案|解析|判断|第|题|甲){0,60}")| {
        let parsed = parse_chinese_text(&text);
        for item in &parsed.items {
            prop_assert_eq!(crate::item_bank::validate_item(item), []);
        }
        let _ = item_from_question(&text, &["A".to_owned()], "");
    });
}

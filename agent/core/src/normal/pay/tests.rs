use super::*;

/// "min-max currency period" of the pay in `text`.
fn read(text: &str) -> Option<String> {
    of_text(text).map(|pay| show(&pay))
}

fn show(pay: &Pay) -> String {
    let bound = |bound: Option<f64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    let currency = pay.currency.clone().unwrap_or_default();
    format!(
        "{}-{} {currency} {:?}",
        bound(pay.min),
        bound(pay.max),
        pay.period
    )
}

#[test]
fn pay_in_prose_is_read() {
    for (given, expected) in [
        (
            "The salary range for this position is estimated to be $60,000 - $97,000/year.",
            "60000-97000 USD Year",
        ),
        (
            "CA$152K – CA$190K • Offers Equity",
            "152000-190000 CAD Year",
        ),
        ("$152-190K base salary", "152000-190000 USD Year"),
        (
            "Gehalt: €55.000 – 65.000 brutto/Jahr",
            "55000-65000 EUR Year",
        ),
        ("55.000 € - 65.000 € Jahresgehalt", "55000-65000 EUR Year"),
        ("US: $147000 - $210000", "147000-210000 USD Year"),
        ("£450 per day", "450-450 GBP Day"),
        ("Day rate up to £450", "-450 GBP Day"),
        ("25-30 EUR/Stunde", "25-30 EUR Hour"),
        ("Stundenlohn: 15,50 €", "15.5-15.5 EUR Hour"),
        ("45k€ - 55k€ par an", "45000-55000 EUR Year"),
        (
            "Salaire : 45 000 € à 55 000 € brut annuel",
            "45000-55000 EUR Year",
        ),
        ("Lohn CHF 120'000 pro Jahr", "120000-120000 CHF Year"),
        (
            "CHF 95’000 bis 110’000 Jahresgehalt",
            "95000-110000 CHF Year",
        ),
        ("Pay: $22.50 - $28.75 an hour", "22.5-28.75 USD Hour"),
        ("$22/hr - $28/hr", "22-28 USD Hour"),
        ("The hourly rate is $18 to $24", "18-24 USD Hour"),
        (
            "Compensation: 120,000 to 150,000 USD",
            "120000-150000 USD Year",
        ),
        ("Salary from €70k", "70000- EUR Year"),
        ("Vergütung ab 3.200 € brutto im Monat", "3200- EUR Month"),
        ("2.500,- € brutto monatlich", "2500-2500 EUR Month"),
        (
            "Base pay between £35,000 and £42,000 plus bonus",
            "35000-42000 GBP Year",
        ),
        (
            "$90,000\u{a0}–\u{a0}$110,000 annually",
            "90000-110000 USD Year",
        ),
        ("$90,000—$110,000 USD", "90000-110000 USD Year"),
        ("Annual salary of 650 000 SEK", "650000-650000 SEK Year"),
        ("Salary\n$80,000 - $95,000", "80000-95000 USD Year"),
        (
            "We raised $50M. The base salary is $130,000.",
            "130000-130000 USD Year",
        ),
        ("Salary: $100k+", "100000- USD Year"),
        (
            "OTE $180,000 - $200,000, with a $10,000 sign-on bonus",
            "180000-200000 USD Year",
        ),
        (
            "Sueldo: 30.000 - 35.000 euros brutos al año",
            "30000-35000 EUR Year",
        ),
        ("Wir zahlen 60 Tsd. € Jahresgehalt", "60000-60000 EUR Year"),
    ] {
        let given = crate::text::block(given);
        assert_eq!(read(&given).as_deref(), Some(expected), "{given}");
    }
}

#[test]
fn other_money_is_not_pay() {
    for given in [
        "We grew from $5M to $20M ARR",
        "grew to 2 million users",
        "Employees can enroll in the 401k plan",
        "You manage a budget of $2M",
        "You manage a budget of $200,000 - $500,000",
        "Annual learning budget of €2,000",
        "$1,500 per year for training",
        "A sign-on bonus of $10,000",
        "$10,000 sign-on bonus",
        "Our customers pay 3 - 5 times more",
        "paid time off: 25 - 30 days per year",
        "40 hours per week",
        "10 - 15 years of experience in pay",
        "Founded in 1998 with 2000 - 3000 employees",
        "We raised $50,000,000 - $60,000,000 in funding",
        "Manage deals of $50,000 - $100,000 in size and close contracts",
        "competitive salary and 30 days of holiday",
        "401(k) with 4% match",
        "up to $500 wellness stipend per month",
        "salary reviews twice a year",
        "",
    ] {
        assert_eq!(read(given), None, "{given}");
    }
}

#[test]
fn the_sentence_is_kept() {
    let pay = of_text("Great team. The salary is $90,000 per year. Join us.").expect("pay");
    assert_eq!(pay.text, "The salary is $90,000 per year.");
}

#[test]
fn stated_numbers_go_before_words() {
    let stated = |min: Option<f64>, max: Option<f64>, currency: &str, period: &str, text: &str| {
        let words = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        of_stated(&StatedPay {
            text: words(text),
            min,
            max,
            currency: words(currency),
            period: words(period),
        })
        .map(|pay| show(&pay))
    };
    for (given, expected) in [
        (
            stated(Some(60_000.0), Some(97_000.0), "USD", "per-year-salary", ""),
            Some("60000-97000 USD Year"),
        ),
        (
            stated(Some(20.0), Some(25.0), "usd", "per-hour-wage", ""),
            Some("20-25 USD Hour"),
        ),
        (
            stated(Some(97_000.0), Some(60_000.0), "€", "", ""),
            Some("60000-97000 EUR Year"),
        ),
        (stated(Some(0.0), Some(0.0), "USD", "year", ""), None),
        (stated(Some(f64::NAN), None, "USD", "year", ""), None),
        (
            stated(None, None, "", "", "CA$152K – CA$190K • Offers Equity"),
            Some("152000-190000 CAD Year"),
        ),
        (stated(None, None, "", "", "Competitive"), None),
        (
            stated(None, Some(5000.0), "EUR", "1 month", ""),
            Some("-5000 EUR Month"),
        ),
        (stated(Some(5000.0), None, "EUR", "", ""), None),
    ] {
        assert_eq!(given.as_deref(), expected);
    }
}

#[test]
fn a_bare_dollar_is_that_of_the_country() {
    let check = |text: &str, places: &str, expected: &str| {
        let pay = of_text(text).expect("pay");
        let places = crate::normal::place::of_text(places);
        assert_eq!(
            in_dollars_of(pay, &places).currency.as_deref(),
            Some(expected),
            "{text} {places:?}"
        );
    };
    check("Salary $90,000 - $110,000", "Toronto, ON", "CAD");
    check("Salary US$90,000 - US$110,000", "Toronto, ON", "USD");
    check("Salary $90,000 - $110,000", "Chicago, IL", "USD");
    check("Salary $90,000 - $110,000", "Toronto or Chicago", "USD");
    check("Salary €90,000 - €110,000", "Toronto, ON", "EUR");
}

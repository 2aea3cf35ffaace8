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
        ("CA$91.6K – CA$118.25K", "91600-118250 CAD Year"),
        (
            "Canada: $98000 - $112000 (CAD) + 20% bonus",
            "98000-112000 CAD Year",
        ),
        ("Salary $70,000 - $80,000 AUD", "70000-80000 AUD Year"),
        (
            "Salary: $64,000 USD (about 59,000 EUR)",
            "64000-64000 USD Year",
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
fn a_period_that_counts_time_is_not_one_of_pay() {
    for (given, expected) in [
        (
            "Salary: £18,200 - £20,100 for 21 hours a week",
            "18200-20100 GBP Year",
        ),
        (
            "Gehalt: 38 000 € bei flexibler Einteilung (four days a week)",
            "38000-38000 EUR Year",
        ),
        ("Salary £31,500, four-day week", "31500-31500 GBP Year"),
        ("Salary £9.50, 21 hours a week", "9.5-9.5 GBP Hour"),
        (
            "Vergütung 14.400 € für 30 Stunden pro Woche",
            "14400-14400 EUR Year",
        ),
        (
            "Vergütung 14.400 € bei einer 30-Stunden-Woche",
            "14400-14400 EUR Year",
        ),
        (
            "Salaire 19 500 € pour deux jours par semaine",
            "19500-19500 EUR Year",
        ),
        ("Salaire 21 900 €, 35h/semaine", "21900-21900 EUR Year"),
        (
            "Salary £12,400 with one day per week at home",
            "12400-12400 GBP Year",
        ),
        (
            "Salary €13,000 with two days in the office per week",
            "13000-13000 EUR Year",
        ),
        (
            "Salary £12,800 for 37.5 hours weekly",
            "12800-12800 GBP Year",
        ),
        (
            "Salary $16,500 for a contract of 6 months",
            "16500-16500 USD Year",
        ),
        // Twins: the period of the pay stands beside counted time.
        ("£450 a week", "450-450 GBP Week"),
        ("£450 a week - £520 a week", "450-520 GBP Week"),
        ("£450 a week for 21 hours a week", "450-450 GBP Week"),
        ("For 21 hours a week we pay £450 a week", "450-450 GBP Week"),
        ("3.200 EUR im Monat", "3200-3200 EUR Month"),
        (
            "3.200 EUR im Monat bei 38 Stunden pro Woche",
            "3200-3200 EUR Month",
        ),
        (
            "Monatsgehalt 2.900 € bei 38,5 Std. wöchentlich",
            "2900-2900 EUR Month",
        ),
        ("40 hours a week, $19.40 per hour", "19.4-19.4 USD Hour"),
        ("1 900 € par mois pour 35 h", "1900-1900 EUR Month"),
        ("£160 per day for 3 days a week", "160-160 GBP Day"),
        ("Lohn: 24 €/h, 42 h pro Woche", "24-24 EUR Hour"),
    ] {
        assert_eq!(read(given).as_deref(), Some(expected), "{given}");
    }
}

#[test]
fn a_year_paid_in_parts_is_a_year() {
    for (given, expected) in [
        (
            "Salaire : 36 k€ à 42 k€ sur treize mois",
            "36000-42000 EUR Year",
        ),
        ("€48,500 - €53,500 over 13 months", "48500-53500 EUR Year"),
        ("Salary: €44,000 × 13", "44000-44000 EUR Year"),
        ("Gehalt: 47.000 € x 13", "47000-47000 EUR Year"),
        (
            "Gehalt: 52.000 € in vierzehn Monatsgehältern",
            "52000-52000 EUR Year",
        ),
        (
            "Gehalt: 24.500 € inkl. 13. Monatsgehalt",
            "24500-24500 EUR Year",
        ),
        // The size of one part.
        ("Salaire : 2 150 € brut sur 13 mois", "2150-2150 EUR Month"),
        ("Lohn: CHF 5'850 x 13", "5850-5850 CHF Month"),
        ("Sueldo: 1.650 € en 14 pagas", "1650-1650 EUR Month"),
        ("Salaire mensuel de 2 300 € x 13", "2300-2300 EUR Month"),
    ] {
        assert_eq!(read(given).as_deref(), Some(expected), "{given}");
    }
}

#[test]
fn an_amount_nobody_is_paid_for_the_period_is_a_year() {
    for (given, expected) in [
        ("Salary £28,400, paid weekly", "28400-28400 GBP Year"),
        ("Salary $61,000 paid monthly", "61000-61000 USD Year"),
        ("Gehalt monatlich: 58.500 €", "58500-58500 EUR Year"),
        ("Lohn CHF 82'000 im Monat", "82000-82000 CHF Year"),
        // Twins: money of which more is needed, and amounts that fit.
        ("17 000 – 23 000 PLN miesięcznie", "17000-23000 PLN Month"),
        ("Salary of 38 500 SEK per month", "38500-38500 SEK Month"),
        ("Salary $9,400 per week", "9400-9400 USD Week"),
        ("Gehalt: 11.500 € im Monat", "11500-11500 EUR Month"),
    ] {
        assert_eq!(read(given).as_deref(), Some(expected), "{given}");
    }
    for given in ["Salary: €20 per month", "Salary: £40 a week"] {
        assert_eq!(read(given), None, "{given}");
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
        "Others charge $120+ per seat for their basic package",
        "Our pricing starts at $40 for the base package",
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
        (
            stated(Some(54_000.0), Some(61_000.0), "EUR", "month", ""),
            Some("54000-61000 EUR Year"),
        ),
        (
            stated(Some(18_000.0), Some(21_000.0), "PLN", "month", ""),
            Some("18000-21000 PLN Month"),
        ),
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

"""The words and signs for units, and the pattern that finds one behind a number."""

from __future__ import annotations

import re

from .wording import GAP, HYPHEN, JOINT, any_of, listed, table

SIGNS = table(
    "US$=USD A$=AUD AU$=AUD C$=CAD CA$=CAD NZ$=NZD HK$=HKD S$=SGD NT$=TWD R$=BRL $=USD €=EUR £=GBP ¥=JPY ₹=INR ₽=RUB "
    "₴=UAH ₺=TRY ₩=KRW ₪=ILS ₦=NGN ₱=PHP Rs=INR Rs.=INR"
)
_CODES = any_of(
    listed(
        "USD EUR GBP JPY CNY INR RUB UAH TRY KRW ILS CHF AUD CAD NZD HKD SGD TWD BRL MXN ZAR SEK NOK DKK PLN CZK HUF "
        "NGN PHP SAR AED QAR EGP PKR THB MYR IDR RMB"
    )
)
MONEY = table(
    "dollar=USD euro=EUR pound=GBP yen=JPY yuan=CNY renminbi=CNY rupee=INR ruble=RUB rouble=RUB hryvnia=UAH lira=TRY "
    "shekel=ILS franc=CHF peso=MXN zloty=PLN rand=ZAR naira=NGN riyal=SAR dirham=AED baht=THB ringgit=MYR krona=SEK "
    "kronor=SEK kroner=NOK forint=HUF cent=cent bitcoin=BTC"
)
WHOSE = table(
    "us=USD u.s.=USD american=USD australian=AUD canadian=CAD hong_kong=HKD new_zealand=NZD singapore=SGD taiwan=TWD "
    "swiss=CHF british=GBP egyptian=EGP philippine=PHP argentine=ARS chilean=CLP colombian=COP pakistani=PKR "
    "indian=INR chinese=CNY japanese=JPY russian=RUB ukrainian=UAH turkish=TRY mexican=MXN norwegian=NOK danish=DKK "
    "swedish=SEK emirati=AED saudi=SAR"
)
DURATIONS = table(
    "second=second minute=minute hour=hour day=day week=week month=month year=year decade=decade century=century "
    "sec=second min=minute hr=hour yr=year centurie=century"
)
MEASURES = table(
    "kilometer=km kilometre=km km=km meter=m metre=m centimeter=cm centimetre=cm cm=cm millimeter=mm millimetre=mm "
    "mm=mm mile=mile nautical_mile=nautical_mile foot=ft feet=ft ft=ft inch=in inche=in yard=yard acre=acre "
    "hectare=ha ha=ha light-year=light-year kilogram=kg kilogramme=kg kilo=kg kg=kg gram=g milligram=mg mg=mg "
    "tonne=tonne metric_ton=tonne ton=ton kiloton=kiloton megaton=megaton lb=lb ounce=oz oz=oz liter=l litre=l "
    "milliliter=ml ml=ml millilitre=ml gallon=gallon pint=pint mph=mph kph=km/h km/h=km/h kmh=km/h miles_per_hour=mph "
    "miles_an_hour=mph mile_per_hour=mph knot=knot kilometers_per_hour=km/h kilometres_per_hour=km/h "
    "kilometers_an_hour=km/h kilometres_an_hour=km/h mile-per-hour=mph mile-an-hour=mph watt=W kilowatt=kW kw=kW "
    "megawatt=MW mw=MW gigawatt=GW gw=GW terawatt=TW kilowatt_hour=kWh kilowatt-hour=kWh kwh=kWh megawatt_hour=MWh "
    "megawatt-hour=MWh mwh=MWh gigawatt_hour=GWh gigawatt-hour=GWh gwh=GWh terawatt_hour=TWh terawatt-hour=TWh "
    "twh=TWh volt=V gb=GB gigabyte=GB mb=MB megabyte=MB tb=TB terabyte=TB megabit=Mb gigabit=Gb hz=Hz mhz=MHz ghz=GHz "
    "hertz=Hz decibel=dB megapixel=MP degrees_celsius=°C degree_celsius=°C degrees_c=°C degrees_centigrade=°C °c=°C "
    "degrees_fahrenheit=°F degree_fahrenheit=°F degrees_f=°F °f=°F degree=degree celsius=°C fahrenheit=°F °=degree "
    "º=degree ºc=°C ºf=°F c=°C f=°F m=m"
)
SQUARE = table(
    "km=km² kilometer=km² kilometre=km² mile=square_mile foot=square_foot feet=square_foot ft=square_foot meter=m² "
    "metre=m² m=m² yard=square_yard inch=square_inch inche=square_inch"
)
_BETWEEN_UNIT = (
    r"more|full|consecutive|straight|long|whole|additional|further|other|extra|working|business|calendar|school|"
    r"short|solid|entire|back-to-back|good|successive|crucial|previous|preceding"
)
"""Words that may stand between a number and the word for a time."""
UNIT = re.compile(
    rf"(?P<gap>{GAP}|{HYPHEN})?(?:"
    rf"(?P<points>percentage{JOINT}(?:points?|pts?))|(?P<basis>basis{JOINT}points?|bps)"
    rf"|(?P<percent>%|per{GAP}?cents?\b|pct\b)"
    rf"|(?P<sign>€|£|¥|₹|₽|₴|₺|₩|₪)|(?P<code>{_CODES})\b"
    rf"|(?:(?P<whose>{any_of(WHOSE)}){GAP})?(?P<money>{any_of(MONEY)})s?\b(?![’']s)"
    rf"|(?:square|sq\.?){JOINT}(?P<square>{any_of(SQUARE)})s?\b|(?P<squared>km|m)(?:²|2\b)"
    rf"|(?P<measure>{any_of(MEASURES)})(?P<plural>s?)(?![\w²])"
    rf"|(?:(?:{_BETWEEN_UNIT}){GAP})?(?P<duration>{any_of(DURATIONS)})(?:s[’']?|[’']s)?(?!\w)(?P<old>{JOINT}olds?\b)?"
    rf"|(?P<times>times?\b(?!{GAP}square\b)|fold\b))",
    re.IGNORECASE,
)
CURRENCY_BEFORE = re.compile(rf"(?<![A-Za-z])(?:(?P<sign>{any_of(SIGNS)})|(?P<code>{_CODES})){GAP}?$")

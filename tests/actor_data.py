"""A small directory of invented entries, so that tests of the rules do not hang on the real data files."""

from pathlib import Path

from reportedly.directory import Directory, read_directory

FILES = {
    "countries": """code,name,capital,demonyms,aliases
RUR,Ruritania,Strelsau,Ruritanian,Kingdom of Ruritania;RU
GST,Grand Fenwick,Fenwick City,Fenwickian,Fenwick
TUR,Turkey,Ankara,Turkish;Turk,Türkiye
USA,United States,Washington,American,US;U.S.;America
""",
    "organisations": """name,aliases,kind,country,sectors
Red Palace,,organisation,RUR,GOV
Free Mountain Army,FMA;the Mountaineers,group,RUR,REB
World Grain Office,WGO;WHO,organisation,UNO,
Ruritanian National Guard,National Guard,organisation,RUR,MIL
Fenwick National Guard,National Guard,organisation,GST,MIL
Central Security Bureau,CSB,organisation,RUR,SPY
Diet,,organisation,RUR,LEG
Strelsau University,,organisation,RUR,EDU
The Strelsau Daily Times,Daily Times,outlet,RUR,JRN
Hill Dispatch,,outlet,GST,JRN
""",
    "people": """name,aliases,country,sectors,office,since,until
Anna al-Holm,,RUR,GOV,Prime Minister of Ruritania,2012-01-01,2015-01-01
Anna al-Holm,,RUR,LEG,Member of the Diet,2015-06-01,
Bruno Tarn,,RUR,GOV,Minister of Foreign Affairs,2010-01-01,
Carl Quill,President Quill,GST,GOV;MIL,President,2009-01-01,2014-01-01
""",
    "roles": """noun,sectors,kind,example
police,COP,group,Ruritanian police
official,GOV,official,a senior official
prime minister,GOV,official,the prime minister
foreign minister,GOV,official,the foreign minister
minister,GOV,official,a minister
president,GOV,official,the president
ambassador,GOV,official,an ambassador
spokesman,GOV,official,a spokesman
spokeswoman,GOV,official,a spokeswoman
lawmaker,LEG,official,a lawmaker
army,MIL,group,the army
soldier,MIL,person,soldiers
fighter,UAF,person,fighters
militant,REB,person,militants
opposition,OPP,group,the opposition
intelligence,SPY,group,intelligence
man,CVL,person,four men
woman,CVL,person,a woman
group,UNK,group,a group
newspaper,JRN,group,a newspaper
people,CVL,person,people
doctor,MED,person,a doctor
trade union,LAB,group,trade unions
ministry,GOV,group,a ministry
thief,CRM,person,thieves
authority,GOV,group,the authorities
""",
    "titles": """title,sectors,gender
Rear Adm.,MIL,
Minister,GOV,
President,GOV,
Major,MIL,
Mrs.,,f
""",
    "genders": """word,gender
man,m
woman,f
spokeswoman,f
spokesman,m
Anna,f
James,m
Greta,f
""",
}


def write_directory(folder: Path, **changed: str) -> Path:
    """Writes the six files, some of them changed."""
    for name, content in {**FILES, **changed}.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def small_directory(folder: Path) -> Directory:
    """The directory of the invented entries."""
    return read_directory(write_directory(folder))

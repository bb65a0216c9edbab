"""What a production planner would say each heading is, in ten languages and many programs."""

import pytest

from obeya.modules.exchange.foreign.finding import table_of
from obeya.modules.exchange.foreign.guessing import guess_as
from obeya.modules.exchange.foreign.vocabulary import VOCABULARY
from obeya.modules.exchange.tests.tables import sheet

#: our sheet and column ← what lists call it, and a value that stands there
HEADINGS = {
    ("Materials", "code", "4711"): """
        Material | MATNR | Materialnummer | Artikelnr. | Art.-Nr. | Teile-Nr. | Identnummer
        Item No. | Item Code | Part Number | PartNum | Part No | LITM | ITNO | pt_part
        default_code | Stock Code | Référence article | Code article | Código de artículo
        Codice articolo | Indeks materiałowy | Kod materiału | Číslo materiálu
        Código do material | Artikelcode | Malzeme No | Stok Kodu | Ürün Kodu""",
    ("Materials", "name", "Bolt"): """
        Materialkurztext | MAKTX | Bezeichnung | Item Name | Description | Désignation
        Descripción | Descrizione | Nazwa | Název | Descrição | Omschrijving | Malzeme Tanımı
        pt_desc1 | ITDS""",
    ("Materials", "unit", "KG"): """
        MEINS | BME | Basismengeneinheit | Base Unit of Measure | UoM | ME | Unité
        Unidad de medida | Unità di misura | JM | Měrná jednotka | Unidade | Eenheid
        Ölçü Birimi | IUM | stock_uom""",
    ("Materials", "safety_stock", "5"): """
        EISBE | Sicherheitsbestand | Safety Stock Quantity | Stock de sécurité
        Zapas bezpieczeństwa | Pojistná zásoba | Estoque de segurança | Veiligheidsvoorraad
        Emniyet Stoğu""",
    ("Materials", "lead_time_days", "5"): """
        PLIFZ | Planlieferzeit | Lead Time | Wiederbeschaffungszeit | Délai de livraison
        Levertijd | Plazo de entrega | Czas dostawy | Dodací lhůta | Prazo de entrega
        Tedarik Süresi""",
    ("BOM", "component", "X-1"): """
        IDNRK | Komponente | Komponentennr. | Component | Child Item | MtlPartNum | Composant
        Componente | Składnik | Komponenta | Onderdeel | Bileşen""",
    ("BOM", "quantity_per", "2"): """
        Komponentenmenge | Menge | Qty Per | Quantité | Cantidad | Quantità | Ilość | Množství
        Quantidade | Aantal | Miktar | Comp. Qty (CUn) | Menge [ST]""",
    ("Operations", "number", "10"): """
        VORNR | Vorgang | AG-Nr. | Arbeitsgang | Operation No. | OprSeq | Operación | Operazione
        Operacja | Operace | Operação | Bewerking | Operasyon No""",
    ("Operations", "equipment", "M-1"): """
        ARBPL | Arbeitsplatz | Work Center | Machine | Maschine | Poste de travail
        Centro de trabajo | Centro di lavoro | Stanowisko robocze | Pracoviště
        Centro de trabalho | Werkplek | İş Merkezi""",
    ("Operations", "name", "Turning"): """
        LTXA1 | Vorgangskurztext | Operation Description | Nazwa operacji | Název operace
        OpDesc | Descrição da operação | Bewerkingsomschrijving""",
    ("Stock", "quantity", "5"): """
        LABST | Frei verwendbar | Unrestricted | Qty. on Hand | Quantity on Hand | Bestand
        Ist-Bestand | Utilisation libre | Libre utilización | Giacenza | Stan magazynowy
        Množství na skladě | Quantidade em estoque | Voorraad | Stok Miktarı
        Tahditsiz kullanılabilir | onhand_qty""",
    ("Stock", "location", "0001"): """
        LGORT | Lagerort | SLoc | Storage Location | Warehouse | Location Code | Magasin
        Almacén | Magazzino | Magazyn | Sklad | Depósito | Magazijn | Depo Yeri | Subinventory
        WHLO""",
    ("Stock", "lot", "B1"): """
        CHARG | Charge | Batch | Lot No. | N° lot | Lote | Lotto | Partia | Šarže | Partijnummer
        Parti No""",
    ("Demand", "customer", "C1"): """
        KUNNR | Auftraggeber | Sold-To Party | Kd-Nr. | Kundennummer | Sell-to Customer No.
        CustID | Client | Cliente | Klient | Zákazník | Klant | Müşteri""",
    ("Demand", "due_at", "2026-12-01"): """
        EDATU | Lieferdatum | Wunschtermin | Need By Date | Promised Date | Date de livraison
        Fecha de entrega | Data di consegna | Termin dostawy | Datum dodání | Data de entrega
        Leverdatum | Teslim Tarihi | Requested Ship Date""",
    ("Demand", "order_code", "S1"): """
        VBELN | Verkaufsbeleg | Sales Order | SO Number | Commande client | Pedido de cliente
        Ordine cliente | Zamówienie klienta | Verkooporder | Satış Siparişi | Auftragsnr.""",
    ("Purchases", "number", "P1"): """
        EBELN | Einkaufsbeleg | PO Number | PONum | Bestell-Nr. | Commande d'achat
        Orden de compra | Ordine di acquisto | Zamówienie zakupu | Inkooporder
        Satınalma Siparişi""",
    ("Purchases", "supplier", "V1"): """
        LIFNR | Lieferant | Vendor | Buy-from Vendor No. | Fournisseur | Proveedor | Fornitore
        Dostawca | Dodavatel | Fornecedor | Leverancier | Tedarikçi""",
    ("Production orders", "number", "F1"): """
        AUFNR | Fertigungsauftrag | FA-Nr. | Work Order | JobNum | Shop Order No
        Ordre de fabrication | Orden de fabricación | Ordine di produzione
        Zlecenie produkcyjne | Výrobní zakázka | Ordem de produção | Productieorder | İş Emri""",
    ("Production orders", "quantity", "5"): """
        GAMNG | Auftragsmenge | Qty to Manufacture | Order quantity (GMEIN) | Prod Qty
        Sollmenge""",
    ("Production orders", "due_at", "2026-12-01"): """
        GLTRP | Eckendtermin | Basic finish date | Ending Date | Endtermin | Date de fin
        Fecha fin | Data fine | Termin zakończenia | Einddatum""",
}  # fmt: skip


def headings_in(text: str) -> list[str]:
    lines = text.strip().split("\n")
    return [" ".join(heading.split()) for line in lines for heading in line.split("|")]


CASES = [(*field, each) for field, text in HEADINGS.items() for each in headings_in(text)]
#: columns that must be there beside the one that is asked for
BESIDE = {
    "Materials": {"code": ("code", "4711")},
    "BOM": {"material": ("material", "A"), "component": ("component", "X-1")},
    "Operations": {"material": ("material", "A"), "number": ("number", "10")},
    "Stock": {"material": ("material", "A"), "location": ("location", "L1")},
    "Demand": {"material": ("material", "A")},
    "Purchases": {"material": ("material", "A")},
    "Production orders": {"material": ("material", "A")},
}
#: headings that name something else, and what a hasty reader takes them for
OTHERS = [
    ("Materials", "code", "Warengruppe", "0815"),
    ("Materials", "code", "Material Group", "0815"),
    ("Materials", "code", "Supplier Part Number", "0815"),
    ("Materials", "unit", "Preiseinheit", "1"),
    ("Materials", "code", "Kundenmaterialnummer", "0815"),
    ("Materials", "code", "Old Material Number", "1"),
    ("Stock", "quantity", "Value Unrestricted", "5,00"),
    ("Stock", "quantity", "Blocked Stock", "5"),
    ("Stock", "quantity", "Bestandswert", "5,00"),
    ("Stock", "quantity", "In Quality Insp.", "5"),
    ("Stock", "quantity", "Stock in Transit", "5"),
    ("Stock", "location", "Werk", "1000"),
    ("Demand", "due_at", "Created On", "2026-12-01"),
    ("Demand", "due_at", "Belegdatum", "2026-12-01"),
    ("Demand", "due_at", "Document Date", "2026-12-01"),
    ("Demand", "due_at", "Rechnungsdatum", "2026-12-01"),
    ("Demand", "quantity", "Nettowert", "5,00"),
    ("Demand", "quantity", "Delivered Quantity", "5"),
    ("Demand", "customer", "Customer Group", "01"),
    ("Purchases", "quantity", "Net Order Value", "5,00"),
    ("Purchases", "quantity", "Order Price Unit", "1"),
    ("Purchases", "number", "Purchasing Group", "001"),
    ("Production orders", "number", "Order Type", "PP01"),
    ("Production orders", "number", "Auftragsart", "PP01"),
    ("Production orders", "due_at", "Created On", "2026-12-01"),
    ("Operations", "equipment", "Plant", "1000"),
    ("Operations", "run_s", "Machine Cost", "5"),
    ("BOM", "quantity_per", "Scrap Quantity", "5"),
]
#: a partner's own number of our material, or what it calls it: nothing of ours
PARTNERS_OWN = """
    Supplier Material | Supplier Material Number | Supplier Material No. | Supplier Mat. No.
    Vendor Material Number | Vendor Part No | Supplier's Part Number | Suppliers Material
    SupplierMaterial | supplier_material_number | Supplier SKU | Vendor Item No. | Mfr Part No.
    Manufacturer Part Number | Customer Material | Customer Material Number | Cust. Material
    Customer Part No. | Cust. Part No | CustomerMaterialNumber | Customer Item | Customer Reference
    Customer Material Description | Material Number of Customer
    Lieferantenmaterial | Lieferantenmaterialnummer | Lieferanten-Materialnr. | Lief.Mat.Nr.
    Lieferantenteilenummer | Lieferantenartikelnr. | Hersteller-Teilenr. | Herstellerartikelnummer
    Material-Nr. des Lieferanten | Kundenmaterial | Kundenmaterialnummer | Kunden-Materialnummer
    Kd.-Materialnr. | KDMAT | Kundenartikelnummer | Artikelnummer Kunde | Kundenmat.-Nr.
    Référence fournisseur | Code article client | Código material proveedor
    Codice articolo fornitore | Kod materiału dostawcy | Číslo materiálu dodavatele
    Código de material do fornecedor | Leveranciersartikelnummer | Artikelnummer leverancier
    Tedarikçi Malzeme No"""


def table(into: str, field: str, heading: str, value: str):
    others = {k: v for k, v in BESIDE[into].items() if k != field}
    titles = [title for title, _ in others.values()]
    cells = [cell for _, cell in others.values()]
    return table_of(sheet("list", [*titles, heading, "Zz1"], [*cells, value, "q"]))


@pytest.mark.parametrize(("into", "field", "value", "heading"), CASES)
def test_a_heading_is_what_a_planner_says_it_is(into, field, value, heading):
    chosen = guess_as(table(into, field, heading, value), into)
    assert chosen.mapping.columns.get(field, ())[:1] == (heading,)


@pytest.mark.parametrize(("into", "field", "heading", "value"), OTHERS)
def test_a_heading_that_says_something_else_is_not_taken_for_it(into, field, heading, value):
    chosen = guess_as(table(into, field, heading, value), into)
    assert heading not in chosen.mapping.columns.get(field, ())


@pytest.mark.parametrize("heading", headings_in(PARTNERS_OWN))
def test_a_partners_number_of_our_material_is_neither_the_material_nor_the_partner(heading):
    theirs = table_of(sheet("list", [heading, "Name", "Quantity"], ["0815", "Bolt", "5"]))
    for into in VOCABULARY:
        assert heading in guess_as(theirs, into).mapping.ignored, into


@pytest.mark.parametrize(
    ("into", "field", "heading"),
    [
        ("Purchases", "supplier", "Supplier (Items)"),
        ("Purchases", "supplier", "Vendor/supplying plant"),
        ("Demand", "customer", "Customer Name (Orders)"),
        ("Stock", "material", "Material Number (Item)"),
        ("Purchases", "material", "Item of Purchase"),
    ],
)
def test_a_partner_or_a_material_alone_is_known_as_before(into, field, heading):
    chosen = guess_as(table_of(sheet("list", [heading, "Quantity"], ["0815", "5"])), into)
    assert chosen.mapping.columns[field] == (heading,)

import type { Field } from '../profile.ts';

/**
 * Headers of asset books, exports and purchase sheets, best first: letters and digits only, lower case (`Serial No.` is `serialno`).
 * Sources: Snipe-IT's importer, exports and reports; exports of Intune, Lansweeper, Ralph and RVTools; usual words of purchase sheets.
 */
export const commonColumns = {
  assetTag: words(
    'assettag assettagnumber assetnumber assetno assetid tag tagnumber inventorynumber inventoryno barcode inventarnummer',
  ),
  serial: words(
    'serialnumber serial serialno serialnr sn servicetag biosserialnumber serialnumber0 hardwareserial deviceserialnumber systemserialnumber seriennummer numerodeserie',
  ),
  uuid: words('uuid smbiosuuid smbiosguid smbiosguid0 biosuuid systemuuid hardwareuuid'),
  imei: words('imei imei1 imeinumber imei2'),
  mac: words(
    'macaddress mac ethernetmac ethernetmacaddress wifimac wifimacaddress wlanmac lanmac macaddress1 macaddress2 macaddresses macaddresses0 primarymac',
  ),
  hostname: words(
    'hostname computername devicename machinename netbiosname netbiosname0 name0 systemname host servername',
  ),
  fqdn: words('fqdn dnsname dnshostname fullyqualifieddomainname'),
  name: words('assetname itemname name displayname item description bezeichnung'),
  category: words('category assetcategory assettype assettypename devicetype type hardwaretype kategorie'),
  manufacturer: words(
    'manufacturer vendor make brand manufacturername manufacturer0 hardwarevendor systemmanufacturer hersteller',
  ),
  model: words(
    'modelstr model modelname assetmodel devicemodel productname product model0 hardwaremodel systemproductname modell',
  ),
  modelNumber: words('modelnumber modelno partnumber partno sku productnumber mpn'),
  status: words('status assetstatus statuslabel state statename lifecyclestatus'),
  company: words('company companyname legalentity propertyof propertyofstr firma'),
  department: words('department departmentname dept abteilung'),
  costCentre: words('costcentre costcenter costcentrecode costcentercode kostenstelle'),
  username: words('checkedouttousername username usernamelogin login userid samaccountname'),
  email: words(
    'checkedouttoemail email emailaddress useremail primaryuserupn primaryuseremailaddress userprincipalname upn mail',
  ),
  fullName: words(
    'checkedoutto fullname assignedto primaryuserdisplayname primaryuser owner user assigneduser usedby custodian holder',
  ),
  firstName: words('checkedouttofirstname firstname givenname'),
  lastName: words('checkedouttolastname lastname surname familyname'),
  checkoutLocation: words('checkedouttolocation checkoutlocation'),
  location: words('location defaultlocation site office building standort locationname'),
  supplier: words('supplier suppliername reseller vendorname provider lieferant'),
  orderNumber: words(
    'ordernumber orderno ponumber purchaseordernumber purchaseorder po invoicenumber invoiceno bestellnummer',
  ),
  purchaseDate: words(
    'purchasedate purchased datepurchased dateofpurchase orderdate invoicedate acquisitiondate kaufdatum',
  ),
  purchaseCost: words(
    'purchasecost cost purchaseprice unitprice unitcost price acquisitioncost amount kaufpreis preis',
  ),
  currency: words('currency currencycode pricecurrency purchasecurrency waehrung'),
  warranty: words(
    'warrantyexpires warrantyenddate warrantyend warrantyexpiration warrantyexpirationdate warrantyexpiry warrantydate',
  ).concat(words('warrantyuntil warrantymonths warranty warrantyperiod garantieende')),
  eol: words('asseteoldate eoldate eol endoflife endoflifedate'),
  notes: words('notes assetnotes itemnotes comments comment remarks note'),
} as const satisfies Partial<Record<Field, readonly string[]>>;

function words(text: string): readonly string[] {
  return text.split(' ');
}

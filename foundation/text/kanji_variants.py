"""Forms of one and the same kanji as they stand in surnames, given names and old registers.

Each group begins with the form in everyday use (mostly of the Jōyō and Jinmeiyō kanji); after it stand old forms
(旧字体) and variants that family registers carry, as far as they are met in names: not the whole of any table. Radicals
(⻑) come along when a name is copied from a PDF, simplified forms (陈) in names from China. Characters that only look
or sound alike stay apart: 斎 and 斉, 崎 and 碕, 坂 and 阪 are different kanji. What NFKC brings together by itself
isn't listed.
"""

_GROUPS = """
万萬 与與 両兩 並竝 乗乘 乱亂 亀龜⻲ 予豫 争爭 亜亞 仏佛 仮假 会會 伝傳 体體 余餘 併倂 価價
兎兔 児兒 党黨 内內 円圓 写寫 凛凜 処處 剣劍劔剱釼 剤劑 剰剩 励勵 労勞 効效 勅敕 勧勸 勲勳
区區 医醫 単單 卯夘 即卽 厨廚 厳嚴严 参參 双雙 収收 叙敍敘 台臺 号號 吉𠮷 呉吳吴 喜㐂 喩喻 営營
嘱囑 団團 囲圍 図圖 国國圀 圏圈 土圡𡈽 圧壓 堕墮 場塲 塁壘 塩鹽 填塡 増增 壊壞 壌壤 壮壯 声聲
壱壹 売賣 変變 奥奧 奨奬 嬢孃 学學 宜冝 宝寶寳 実實 富冨 寛寬 寝寢 対對 寿壽 専專 将將 尚尙
尭堯 尽盡 届屆 属屬 岳嶽 峡峽 峰峯 島嶋嶌 崎﨑嵜 巌巖 巣巢 巻卷 帯帶 帰歸 庁廳 広廣广 廃廢
弁辨瓣辯 弐貳 弥彌 強强 弾彈 当當 彦彥 径徑 従從 徳德 徴徵 応應 恋戀 恒恆 恵惠 悦悅 悩惱 悪惡
惨慘 慎愼 懐懷 戦戰 戯戲 戸戶 戻戾 払拂 抜拔 択擇 担擔 拝拜 拠據 拡擴 挙擧 挟挾 挿插 捜搜 掲揭
掴摑 揺搖 摂攝 撃擊 教敎 数數 斉齊⻫ 斎齋 断斷 旧舊 昇曻 昻昂 昼晝 晋晉 晩晚 暁曉 暦曆 曽曾 杉杦
条條 来來 松枩 枡桝 枢樞 柳栁桺 栄榮 桑桒 桜櫻 桟棧 桧檜 検檢 楼樓 楽樂 概槪 様樣 槙槇 権權
横橫 欠缺 欧歐 歓歡 歩步 歯齒⻭ 歴歷 残殘 殻殼 毎每 気氣 沢澤 浄淨 浅淺 浜濱濵 涙淚 涼凉 淵渕渊
清淸 渇渴 済濟 渉涉 渋澁 渓溪 温溫 湧涌 湾灣 湿濕 満滿 滝瀧 滞滯 潜潛 瀬瀨 灯燈 炉爐 点點 為爲
焼燒 犠犧 状狀 独獨 狭狹 猟獵 献獻 獣獸 瓶甁 産產 留畄 略畧 畳疊 痩瘦 痴癡 発發 皐皋 盃杯 盗盜
県縣 真眞 研硏 砕碎 礼禮 祢禰 祷禱 禄祿 禅禪 秋穐龝 秘祕 称稱 税稅 稲稻 穂穗 穏穩 穣穰 窃竊
竜龍⻯龙 篭籠 粋粹 粛肅 糸絲 経經 絵繪 継繼 続續 総總 緑綠 緒緖 縁緣 縄繩 縦縱 繊纖 翻飜 聡聰 聴聽
胆膽 脇𦚰 脱脫 脳腦 臓臟 舎舍 舗舖 船舩 艶艷 芦蘆 芸藝 荘莊 萌萠 蔵藏 薫薰 薬藥 薮藪籔 蘇蘓苏 虚虛
虫蟲 蚕蠶 蛍螢 蛎蠣 蛮蠻 蝉蟬 蝿蠅 衛衞 装裝 裏裡 褒襃 覇霸 覚覺 覧覽 観觀 角⻆ 触觸 訳譯 証證
誉譽 説說 読讀 諌諫 謡謠 譲讓 豊豐 賛贊 践踐 転轉 軽輕 辞辭 辺邊邉 迩邇 逓遞 遅遲 遥遙 郎郞
郷鄕 酔醉 醸釀 釈釋 野埜 鉄鐵銕鐡鉃 鉱鑛 銭錢钱 鋭銳 鋳鑄 錬鍊 録錄 鎮鎭 間閒 関關 閲閱 闊濶 闘鬭
陥陷 険險 随隨 隠隱 雑雜 霊靈 青靑⻘ 静靜 靭靱 頬頰 頼賴 顔顏 顕顯 餅餠 館舘 駅驛 駆驅駈 騒騷 験驗
亘亙 晃晄 園薗 偽僞 倹儉 画畫 没沒 茎莖 殴毆 橋𣘺槗 蒋蔣 姫姬 煕熙熈 曹曺 隣鄰 珍珎 長⻑ 西⻄ 民⺠ 鬼⻤ 虎⻁ 食⻝
騨驒 倶俱 鯵鰺 梼檮 壺壷 嘘噓 祇祗 濤涛
陳陈 張张 劉刘 趙赵 孫孙 馬马 羅罗 鄭郑 謝谢 韓韩 馮冯 鄧邓 許许 盧卢 鍾钟 譚谭 陸陆 顧顾 湯汤 華华 麗丽 紅红 軍军 東东
偉伟 楊杨 鄒邹 閻阎 賈贾 蕭萧 慶庆 鳳凤 貴贵 興兴
髄髓 高髙 髪髮 鴎鷗 鴬鶯 鶏鷄 鶴靏靎 麦麥⻨ 麺麵 黄黃⻩ 黒黑 黙默 齢齡
"""

# Code point of a variant: the form it is looked for by; made for str.translate.
EVERYDAY_FORM = {ord(variant): group[0] for group in _GROUPS.split() for variant in group[1:]}
